/**
 * The broker inside your own JVM: {@link io.strikemq.embedded.StrikeMQ} starts it. Nothing else of it is on your class path but
 * the model that its API speaks, {@code io.strikemq.domain}.
 */
package io.strikemq.embedded;
