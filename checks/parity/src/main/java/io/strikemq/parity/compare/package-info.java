/** What counts as a difference, and which are known. */
package io.strikemq.parity.compare;
