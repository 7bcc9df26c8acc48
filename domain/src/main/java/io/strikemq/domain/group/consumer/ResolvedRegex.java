package io.strikemq.domain.group.consumer;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The topics that a regular expression meant when it was last looked at.
 *
 * @param version   how many topics had been created by then
 * @param timestamp when that was, in ms
 */
public record ResolvedRegex(Set<String> topics, long version, long timestamp) {
    public ResolvedRegex {
        topics = Collections.unmodifiableSet(new TreeSet<>(topics));
    }
}
