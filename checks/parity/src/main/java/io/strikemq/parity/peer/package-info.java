/** The two brokers, each a process of its own, and connections to them. */
package io.strikemq.parity.peer;
