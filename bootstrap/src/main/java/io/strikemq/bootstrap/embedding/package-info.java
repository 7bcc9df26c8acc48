/**
 * The broker as a part of somebody else's process: {@link io.strikemq.bootstrap.embedding.Embedding} is found by its name, in
 * a class loader that hides everything but the domain (docs/decisions/0022). The build directs all logging of the hidden
 * classes here, whatever the process says of slf4j or {@code System.Logger}, and has them set no system property.
 */
package io.strikemq.bootstrap.embedding;
