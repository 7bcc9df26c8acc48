package io.strikemq.domain.topic;

import java.util.Optional;

/** Which names a topic may have. */
public final class TopicName {
    /** Leaves room for the partition's number in a file name of 255 characters. */
    public static final int MAX_LENGTH = 249;

    private TopicName() {}

    /** Why this name is illegal, in Kafka's words; empty for a legal one. */
    public static Optional<String> fault(String name) {
        if (name.isEmpty()) {
            return Optional.of("Topic name is invalid: the empty string is not allowed");
        }
        if (name.equals(".") || name.equals("..")) {
            return Optional.of("Topic name is invalid: '" + name + "' is not allowed");
        }
        if (name.length() > MAX_LENGTH) {
            return Optional.of("Topic name is invalid: the length of '" + name
                    + "' is longer than the max allowed length " + MAX_LENGTH);
        }
        if (!name.chars().allMatch(TopicName::isLegal)) {
            return Optional.of("Topic name is invalid: '" + name
                    + "' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'");
        }
        return Optional.empty();
    }

    /** Whether two different names are one and the same to metrics, where a dot becomes an underscore. */
    public static boolean collide(String one, String other) {
        return !one.equals(other) && one.replace('.', '_').equals(other.replace('.', '_'));
    }

    private static boolean isLegal(int character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '.'
                || character == '_'
                || character == '-';
    }
}
