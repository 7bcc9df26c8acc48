/** The records of Kafka's internal topics. */
package io.strikemq.adapter.kafka.coordinator;
