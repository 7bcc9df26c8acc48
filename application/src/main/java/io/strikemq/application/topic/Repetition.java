package io.strikemq.application.topic;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Finds what a request names more than once, which Kafka refuses for each such name alone. */
public final class Repetition {
    private Repetition() {}

    /** The keys that more than one of these items have. */
    public static <T, K> Set<K> repeated(Collection<T> items, Function<T, K> key) {
        Set<K> seen = new HashSet<>();
        Set<K> repeated = new HashSet<>();
        for (T item : items) {
            if (!seen.add(key.apply(item))) {
                repeated.add(key.apply(item));
            }
        }
        return repeated;
    }

    /** The keys of these items, each once, in order. */
    static <T, K> List<K> distinct(Collection<T> items, Function<T, K> key) {
        return items.stream().map(key).distinct().toList();
    }
}
