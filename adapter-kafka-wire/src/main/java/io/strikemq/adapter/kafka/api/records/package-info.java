/** The APIs that move records and look into logs: produce, fetch, offsets, and the ids of producers. */
package io.strikemq.adapter.kafka.api.records;
