package io.strikemq.application.transaction;

/**
 * A text that lets a regular expression look at it so many times and no more: a pattern that a client has thought up may need
 * longer than the world lasts. For one thread.
 */
final class PatientText implements CharSequence {
    private final String text;
    private final long mostSteps;
    private long steps;

    /** The pattern is too hard for this text. */
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps(long most) {
            super("more than " + most + " steps");
        }
    }

    PatientText(String text, long mostSteps) {
        this.text = text;
        this.mostSteps = mostSteps;
    }

    /** How many it took until now, at most one more than it may. */
    long steps() {
        return steps;
    }

    @Override
    public char charAt(int index) {
        if (++steps > mostSteps) {
            throw new TooManySteps(mostSteps);
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
