package io.strikemq.domain.group.consumer.assignor;

import java.util.List;

/** The server's assignors. */
public final class Assignors {
    private static final List<Assignor> ALL = List.of(new UniformAssignor(), new RangeAssignor());

    private Assignors() {}

    /** The names of all there are. */
    public static List<String> names() {
        return ALL.stream().map(Assignor::name).toList();
    }

    /**
     * Those of these names, in their order.
     *
     * @throws IllegalArgumentException when there is none of a name
     */
    public static List<Assignor> named(List<String> names) {
        return names.stream().map(Assignors::named).toList();
    }

    private static Assignor named(String name) {
        return ALL.stream()
                .filter(assignor -> assignor.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("no assignor is called '" + name + "'; " + names() + " are"));
    }
}
