/**
 * From frames to use cases and back. {@link io.strikemq.adapter.kafka.api.RequestPipeline} takes every request and
 * sends every answer; one class per API, in the packages below, translates between the wire and an inbound port.
 */
package io.strikemq.adapter.kafka.api;
