package io.strikemq.application.transaction;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A regular expression that a client has thought up, as much of it as one request may cost: so many steps for a text, and so
 * many for all texts together. For one thread and one request.
 */
final class PatientPattern implements Predicate<String> {
    private static final long MOST_STEPS = 1_000_000;
    /** Mostly less than a second; simple patterns get through some hundred thousand ids with it. */
    private static final long MOST_STEPS_IN_ALL = 100_000_000;

    private final Pattern pattern;
    private long stepsLeft = MOST_STEPS_IN_ALL;

    /**
     * The pattern of that text.
     *
     * @throws BrokerException INVALID_REGULAR_EXPRESSION when it is none
     */
    PatientPattern(String text) {
        try {
            this.pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new BrokerException(
                    ErrorCode.INVALID_REGULAR_EXPRESSION,
                    "Transaction ID pattern `" + text + "` is not a valid regular expression: " + e.getMessage() + ".",
                    e);
        }
    }

    /**
     * Whether it matches the whole id.
     *
     * @throws BrokerException INVALID_REGULAR_EXPRESSION when it takes too many steps
     */
    @Override
    public boolean test(String id) {
        PatientText text = new PatientText(id, Math.min(MOST_STEPS, stepsLeft));
        try {
            return pattern.matcher(text).matches();
        } catch (PatientText.TooManySteps | StackOverflowError tooHard) {
            throw new BrokerException(
                    ErrorCode.INVALID_REGULAR_EXPRESSION,
                    "Transaction ID pattern `" + pattern + "` takes too long to match.",
                    tooHard);
        } finally {
            stepsLeft -= text.steps();
        }
    }
}
