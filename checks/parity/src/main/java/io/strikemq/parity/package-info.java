/** Compares every answer with Apache Kafka's. */
package io.strikemq.parity;
