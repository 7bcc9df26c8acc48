/** The APIs that show, create, change and delete topics and configs. */
package io.strikemq.adapter.kafka.api.topics;
