/** The broker in Spring tests: {@link io.strikemq.spring.EmbeddedStrikeMQ}. */
package io.strikemq.spring;
