package io.strikemq.bootstrap.system;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.strikemq.domain.port.out.RegularExpressions;
import java.util.function.Predicate;

/** RE2/J, the library that Kafka takes: its time grows with the text's length alone. Loaded at first use. */
public final class Re2RegularExpressions implements RegularExpressions {
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
        try {
            Pattern pattern = Pattern.compile(regex);
            return text -> pattern.matcher(text).matches();
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e.getDescription(), e);
        }
    }
}
