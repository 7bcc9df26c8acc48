/**
 * Frames over TCP: an acceptor, event loops, and connections that belong to one loop for life.
 *
 * <p>Knows nothing of Kafka but the four-byte length in front of a frame and that answers leave in the order of
 * requests; what a frame means is the affair of a {@link io.strikemq.adapter.kafka.net.RequestHandler}.
 */
package io.strikemq.adapter.kafka.net;
