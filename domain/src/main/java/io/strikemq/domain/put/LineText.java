package io.strikemq.domain.put;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;

/** Reads the JSON of one line (RFC 8259), value by value. For one thread. */
final class LineText {
    private static final int DEEPEST = 500;

    private final String text;
    private int at;

    LineText(String text) {
        this.text = text;
    }

    static BrokerException broken(String why) {
        return new BrokerException(ErrorCode.INVALID_REQUEST, why);
    }

    private BrokerException unexpected(String wanted) {
        String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return broken("there should be " + wanted + " at column " + (at + 1) + ", not " + found);
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** Whether the next character is this one; then it is read. */
    boolean has(char wanted) {
        skipSpace();
        boolean is = at < text.length() && text.charAt(at) == wanted;
        if (is) {
            at++;
        }
        return is;
    }

    /** Reads this character. */
    void expect(char wanted) {
        if (!has(wanted)) {
            throw unexpected("'" + wanted + "'");
        }
    }

    /** Nothing more may come. */
    void expectEnd() {
        skipSpace();
        if (at < text.length()) {
            throw unexpected("nothing more");
        }
    }

    /** A whole number, in a range; {@code name} is the field's. */
    long number(String name, long min, long max) {
        String raw = value().raw();
        try {
            long number = Long.parseLong(raw);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The sentence below says what would be right.
        }
        throw broken(name + " must be a whole number from " + min + (max == Long.MAX_VALUE ? " on" : " to " + max)
                + ", not " + raw);
    }

    /** A string; {@code name} is the field's. */
    String string(String name) {
        Value value = value();
        if (value.string() == null) {
            throw broken(name + " must be a string, not " + value.raw());
        }
        return value.string();
    }

    /**
     * Any value.
     *
     * @param raw    as it is written; null for {@code null}
     * @param string what it says where it is a string; else null
     */
    record Value(String raw, String string) {
        /** What is stored of it: the text of a string, the JSON of anything else. */
        String stored() {
            return string != null ? string : raw;
        }
    }

    /** The next value, whatever it is. */
    Value value() {
        skipSpace();
        int from = at;
        if (at < text.length() && text.charAt(at) == '"') {
            String string = readString();
            return new Value(text.substring(from, at), string);
        }
        skipValue(0);
        String raw = text.substring(from, at);
        return new Value(raw.equals("null") ? null : raw, null);
    }

    private void skipValue(int depth) {
        if (depth > DEEPEST) {
            throw broken("there are more than " + DEEPEST + " values in each other at column " + (at + 1));
        }
        if (has('{')) {
            if (!has('}')) {
                do {
                    skipSpace();
                    readString();
                    expect(':');
                    skipValue(depth + 1);
                } while (has(','));
                expect('}');
            }
        } else if (has('[')) {
            if (!has(']')) {
                do {
                    skipValue(depth + 1);
                } while (has(','));
                expect(']');
            }
        } else if (at < text.length() && text.charAt(at) == '"') {
            readString();
        } else {
            skipWord();
        }
    }

    private void skipWord() {
        int from = at;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
        String word = text.substring(from, at);
        boolean isValue = word.equals("null")
                || word.equals("true")
                || word.equals("false")
                || word.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
        if (!isValue) {
            at = from;
            throw unexpected("a value");
        }
    }

    private String readString() {
        if (at >= text.length() || text.charAt(at) != '"') {
            throw unexpected("a string");
        }
        at++;
        int plainTo = at;
        while (plainTo < text.length() && isPlain(text.charAt(plainTo))) {
            plainTo++;
        }
        if (plainTo < text.length() && text.charAt(plainTo) == '"') {
            String plain = text.substring(at, plainTo);
            at = plainTo + 1;
            return plain;
        }
        StringBuilder string = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '"') {
            char each = text.charAt(at);
            if (each < ' ') {
                throw unexpected("no control character in a string");
            }
            at++;
            string.append(each == '\\' ? escaped() : each);
        }
        if (at >= text.length()) {
            throw unexpected("the end of a string");
        }
        at++;
        return string.toString();
    }

    private static boolean isPlain(char each) {
        return each >= ' ' && each != '"' && each != '\\';
    }

    private char escaped() {
        if (at >= text.length()) {
            throw unexpected("an escaped character");
        }
        char each = text.charAt(at++);
        return switch (each) {
            case '"', '\\', '/' -> each;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hex();
            default -> {
                at--;
                throw unexpected("one of \"\\/bfnrtu");
            }
        };
    }

    private char hex() {
        int end = at + 4;
        int code = 0;
        for (; at < end; at++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0 || text.charAt(at) > 'f') {
                throw unexpected("a hexadecimal digit");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }
}
