/** The APIs by which a client learns whom it talks to, and what that one can do. */
package io.strikemq.adapter.kafka.api.cluster;
