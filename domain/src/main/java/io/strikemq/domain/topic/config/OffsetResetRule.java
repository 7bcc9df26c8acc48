package io.strikemq.domain.topic.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Where a share group begins: earliest, latest, or a span of time back from now. */
final class OffsetResetRule implements ConfigRule {
    private static final String BY_DURATION = "by_duration:";

    @Override
    public Optional<Fault> fault(Object value) {
        String text = (String) value;
        boolean isRight = text.equals("earliest")
                || text.equals("latest")
                || text.startsWith(BY_DURATION) && isDuration(text.substring(BY_DURATION.length()));
        return isRight
                ? Optional.empty()
                : Optional.of(config -> Fault.invalid(
                                value,
                                "Invalid value `" + value + "` for configuration " + config
                                        + ". The value must be either 'earliest', 'latest' or of the format"
                                        + " 'by_duration:<PnDTnHnMn.nS>'.")
                        .of(config));
    }

    private static boolean isDuration(String text) {
        try {
            return !Duration.parse(text).isNegative();
        } catch (DateTimeParseException noDuration) {
            return false;
        }
    }
}
