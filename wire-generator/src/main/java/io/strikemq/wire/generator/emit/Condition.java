package io.strikemq.wire.generator.emit;

import io.strikemq.wire.generator.model.VersionSet;
import java.util.ArrayList;
import java.util.List;

/** A test of the variable {@code version}, as short as the versions that can occur allow. */
record Condition(String expression) {
    static final String ALWAYS = "true";
    static final String NEVER = "false";

    /** Is the version one of {@code wanted}, given that it is one of {@code possible}? */
    static Condition in(VersionSet wanted, VersionSet possible) {
        VersionSet rest = wanted.and(possible);
        if (rest.equals(possible)) {
            return new Condition(ALWAYS);
        }
        if (rest.isEmpty()) {
            return new Condition(NEVER);
        }
        List<String> runs = new ArrayList<>();
        while (!rest.isEmpty()) {
            int last = rest.lowest();
            VersionSet run = VersionSet.range(last, last);
            for (int next = last + 1; next <= possible.highest(); next++) {
                if (rest.contains(next)) {
                    last = next;
                } else if (possible.contains(next)) {
                    break;
                }
            }
            run = VersionSet.range(rest.lowest(), last);
            runs.add(run(run, possible));
            rest = rest.minus(run);
        }
        return new Condition(String.join(" || ", runs));
    }

    private static String run(VersionSet run, VersionSet possible) {
        if (run.lowest() == possible.lowest()) {
            return "version <= " + run.highest();
        }
        if (run.highest() == possible.highest()) {
            return "version >= " + run.lowest();
        }
        if (run.lowest() == run.highest()) {
            return "version == " + run.lowest();
        }
        return "version >= " + run.lowest() + " && version <= " + run.highest();
    }

    boolean always() {
        return expression.equals(ALWAYS);
    }

    boolean never() {
        return expression.equals(NEVER);
    }

    /** Picks between two expressions. */
    String choose(String then, String otherwise) {
        if (always() || then.equals(otherwise)) {
            return then;
        }
        return never() ? otherwise : expression + " ? " + then + " : " + otherwise;
    }

    /** This and another test, or that other alone. */
    String and(String other) {
        if (always()) {
            return other;
        }
        return (expression.contains("||") ? "(" + expression + ")" : expression) + " && " + other;
    }
}
