/**
 * The inbound adapter of the Kafka protocol: {@code net} moves frames, {@code wire} and {@code message} read and write
 * what is in them, {@code api} brings them to the inbound ports. Put together by {@link
 * io.strikemq.adapter.kafka.KafkaApis}.
 */
package io.strikemq.adapter.kafka;
