package io.strikemq.domain.await;

import java.time.Duration;

/**
 * A condition that has come true.
 *
 * @param seen what was seen, as a part of a sentence: {@code it is Stable with 2 members (a-1, a-2)}
 * @param took how long it was waited for, in real time
 */
public record Awaited(String seen, Duration took) {}
