package io.strikemq.adapter.kafka.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/** What the generated messages do with lists of rows. A list that is null stays null. */
public final class Rows {
    private Rows() {}

    /** Shows structures, and keeps those that the visitor wants, with of each what it wants. */
    public static <T> List<T> keep(List<T> rows, RowVisitor visitor, BiFunction<T, RowVisitor, T> select) {
        if (rows == null) {
            return null;
        }
        List<T> kept = new ArrayList<>(rows.size());
        for (T row : rows) {
            visitor.enter();
            T selected = select.apply(row, visitor);
            if (visitor.leave()) {
                kept.add(selected);
            }
        }
        return kept;
    }

    /** The same for rows that are nothing but a name. */
    public static <T> List<T> keepNames(List<T> names, RowVisitor visitor, BiConsumer<RowVisitor, T> show) {
        return keep(names, visitor, (name, rows) -> {
            show.accept(rows, name);
            return name;
        });
    }

    /** Shows structures. */
    public static <T> void show(List<T> rows, ErrorVisitor visitor, BiConsumer<T, ErrorVisitor> show) {
        if (rows == null) {
            return;
        }
        for (T row : rows) {
            visitor.enter();
            show.accept(row, visitor);
            visitor.leave();
        }
    }

    /** The rows of one list with those of another in the place of the same row, or behind them where there is none. */
    public static <T> List<T> join(List<T> rows, List<T> others, BiPredicate<T, T> isSame, BiFunction<T, T, T> joined) {
        if (rows == null || others == null || others.isEmpty()) {
            return rows == null ? others : rows;
        }
        List<T> all = new ArrayList<>(rows);
        for (T other : others) {
            int at = indexOf(all, other, isSame);
            if (at < 0) {
                all.add(other);
            } else {
                all.set(at, joined.apply(all.get(at), other));
            }
        }
        return all;
    }

    private static <T> int indexOf(List<T> rows, T other, BiPredicate<T, T> isSame) {
        for (int i = 0; i < rows.size(); i++) {
            if (isSame.test(rows.get(i), other)) {
                return i;
            }
        }
        return -1;
    }
}
