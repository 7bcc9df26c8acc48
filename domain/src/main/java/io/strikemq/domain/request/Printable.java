package io.strikemq.domain.request;

/** Text that a client chose, on its way to the broker's log: it shall neither fill the log nor forge lines of it. */
public final class Printable {
    /** So much of a name is shown. */
    private static final int NAME_LENGTH = 256;

    private Printable() {}

    /** A name with control characters as escapes, and its end left out where it is very long; null stays null. */
    public static String name(String name) {
        return name == null ? null : text(name, NAME_LENGTH);
    }

    /** The same for a text of which at most {@code longest} characters are shown. */
    public static String text(String text, int longest) {
        int shown = Math.min(text.length(), longest);
        StringBuilder printable = new StringBuilder(shown);
        for (int i = 0; i < shown; i++) {
            char c = text.charAt(i);
            if (isHarmless(c)) {
                printable.append(c);
            } else {
                printable.append(String.format("\\u%04x", (int) c));
            }
        }
        if (shown < text.length()) {
            printable.append("... (").append(text.length()).append(" characters)");
        }
        return printable.toString();
    }

    /** Controls, line ends and what turns the direction of writing are not. */
    private static boolean isHarmless(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
