/** The APIs of consumer groups: their coordinator, their members, and the offsets that they commit. */
package io.strikemq.adapter.kafka.api.groups;
