package io.strikemq.domain.port.out;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Java's own regular expressions in place of RE2's: good enough for tests that mean neither. */
public final class JavaRegularExpressions implements RegularExpressions {
    @Override
    public String faultOf(String regex) {
        try {
            Pattern.compile(regex);
            return null;
        } catch (PatternSyntaxException e) {
            return e.getDescription();
        }
    }

    @Override
    public Predicate<String> compile(String regex) {
        return Pattern.compile(regex).asMatchPredicate();
    }
}
