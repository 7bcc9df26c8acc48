/** The broker in JUnit tests: {@link io.strikemq.junit.StrikeMQTest}, {@link io.strikemq.junit.StrikeMQExtension}. */
package io.strikemq.junit;
