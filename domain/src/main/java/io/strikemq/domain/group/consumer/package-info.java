/** Groups of the consumer protocol (KIP-848): the broker assigns, and each member moves at its own pace. */
package io.strikemq.domain.group.consumer;
