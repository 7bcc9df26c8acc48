/**
 * Makes a jar whose lambdas are classes. The JVM makes a class for each lambda when it comes to it the first time, which
 * takes half a millisecond or more while it is still interpreting, and the broker comes to 240 of them before its port is
 * open: a third of the start of the plain jar. A class that is in the jar takes a fifth of that.
 *
 * <p>And hides that jar in the one of the embedder: {@link io.strikemq.jar.finisher.HideBroker}.
 */
package io.strikemq.jar.finisher;
