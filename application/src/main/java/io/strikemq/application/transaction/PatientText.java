package io.strikemq.application.transaction;

/**
 * A text that lets a regular expression look at it so many times and no more: a pattern that a client has thought up may need
 * longer than the world lasts. For one thread.
 */
final class PatientText implements CharSequence {
    private static final int MOST_STEPS = 1_000_000;

    private final String text;
    private int steps;

    /** The pattern is too hard for this text. */
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("more than " + MOST_STEPS + " steps");
        }
    }

    PatientText(String text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        if (++steps > MOST_STEPS) {
            throw new TooManySteps();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
