package io.strikemq.jar.finisher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.IntBinaryOperator;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.LongFunction;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Lambdas and method references of every kind. Is read as bytes by the test, and run as it is and rewritten. */
public final class Lambdas implements Supplier<List<String>> {
    private final String prefix;
    private final List<String> seen = new ArrayList<>();

    public Lambdas() {
        this("p");
    }

    private Lambdas(String prefix) {
        this.prefix = prefix;
    }

    /** What has a lambda in an interface, and a private method there. */
    interface Named {
        String name();

        default Supplier<String> shout() {
            return () -> louder(name());
        }

        private String louder(String text) {
            return text + "!";
        }
    }

    /** An inner class with lambdas, private things of its own, and a parent's method under another name. */
    private static class Inner {
        private final int start;

        private Inner(int start) {
            this.start = start;
        }

        private int plus(int more) {
            return start + more;
        }

        IntBinaryOperator sum() {
            return (one, other) -> start + one + other;
        }

        @Override
        public String toString() {
            Supplier<String> parent = super::toString;
            return "inner" + start + parent.get().contains("Inner");
        }
    }

    @Override
    public List<String> get() {
        seen.clear();
        captured((byte) 1, 'c', 2.5f, 1L << 40, true);
        converted();
        referenced();
        return List.copyOf(seen);
    }

    private void captured(byte small, char letter, float fraction, long large, boolean flag) {
        Supplier<String> all = () -> prefix + small + letter + fraction + large + flag;
        say(all.get());
        int[] count = {0};
        Runnable counting = () -> count[0]++;
        counting.run();
        counting.run();
        say(count[0]);
        Named named = () -> "name";
        say(named.shout().get());
        BooleanSupplier nothing = () -> true;
        say(nothing.getAsBoolean());
    }

    private void converted() {
        Function<Integer, Integer> boxes = value -> value + 1;
        say(boxes.apply(1));
        ToLongFunction<Integer> widens = Integer::intValue;
        say(widens.applyAsLong(7));
        IntFunction<Object> toBox = Integer::valueOf;
        say(toBox.apply(8));
        ToDoubleFunction<Short> fromShort = Short::shortValue;
        say(fromShort.applyAsDouble((short) 9));
        LongUnaryOperator longs = Math::abs;
        say(longs.applyAsLong(-3));
        Consumer<String> drops = seen::add;
        drops.accept("dropped");
        Function<Integer, Long> dropsWide = value -> value * 2L;
        say(dropsWide.apply(4));
        DoubleSupplier fromInt = "four"::length;
        say(fromInt.getAsDouble());
        LongFunction<Number> boxed = Long::valueOf;
        say(boxed.apply(5));
        Consumer<Long> dropsLong = Long::longValue;
        dropsLong.accept(1L);
        ToIntFunction<Character> letter = value -> value;
        say(letter.applyAsInt('A'));
    }

    private void referenced() {
        Inner inner = new Inner(10);
        IntFunction<Inner> constructor = Inner::new;
        say(constructor.apply(3));
        BiFunction<Inner, Integer, Integer> unbound = Inner::plus;
        say(unbound.apply(inner, 5));
        IntPredicate bound = inner.sum().applyAsInt(1, 2) > 12 ? this::isEven : value -> false;
        say(bound.test(4));
        IntFunction<int[]> array = int[]::new;
        say(array.apply(6).length);
        Function<int[], Object> clones = int[]::clone;
        say(((int[]) clones.apply(new int[] {1, 2}))[1]);
        Callable<String> throwing = this::fails;
        try {
            throwing.call();
        } catch (Exception e) {
            say(e.getMessage());
        }
        Function<List<? super Integer>, Integer> onInterface = List::size;
        say(onInterface.apply(List.of(1, 2)));
    }

    private String fails() throws Exception {
        throw new Exception("failed");
    }

    private boolean isEven(int value) {
        return value % 2 == 0;
    }

    private void say(Object what) {
        seen.add(String.valueOf(what));
    }
}
