package io.strikemq.adapter.kafka.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/** Neighbours in a list that belong together, as partitions of one topic do: answers are nested by topic. */
public final class Runs {
    private Runs() {}

    /** The list cut wherever the key changes, in its order. */
    public static <T, K> List<List<T>> by(Function<T, K> key, List<T> items) {
        List<List<T>> runs = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= items.size(); i++) {
            if (i == items.size() || !key.apply(items.get(i)).equals(key.apply(items.get(start)))) {
                runs.add(items.subList(start, i));
                start = i;
            }
        }
        return runs;
    }

    /** A row for each of {@code asked}, from as many items as it asked for, none included. */
    public static <Q, T, R> List<R> each(
            List<Q> asked, ToIntFunction<Q> size, List<T> items, BiFunction<Q, List<T>, R> row) {
        List<R> rows = new ArrayList<>();
        int start = 0;
        for (Q question : asked) {
            int end = start + size.applyAsInt(question);
            rows.add(row.apply(question, items.subList(start, end)));
            start = end;
        }
        return rows;
    }

    /** The list cut into as many items as each of {@code sizes} says, as a request had them; empty ones are left out. */
    public static <T> List<List<T>> ofSizes(IntStream sizes, List<T> items) {
        List<List<T>> runs = new ArrayList<>();
        int start = 0;
        for (int size : sizes.toArray()) {
            if (size > 0) {
                runs.add(items.subList(start, start + size));
            }
            start += size;
        }
        return runs;
    }
}
