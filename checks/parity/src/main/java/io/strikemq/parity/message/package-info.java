/** Kafka's messages between JSON and bytes, by their definitions; batches by Kafka's own record classes. */
package io.strikemq.parity.message;
