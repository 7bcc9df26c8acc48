package io.strikemq.domain.topic.config;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.topic.admin.ConfigEntry.Type;

/**
 * A broker setting that a topic config falls back to.
 *
 * @param name         Kafka's name of the broker setting
 * @param type         of the broker setting
 * @param defaultValue its default; null when it has none
 * @param scale        how many of the topic config's units make one of this setting's (milliseconds in an hour); 1 for
 *                     the same unit
 */
public record BrokerSynonym(String name, Type type, String defaultValue, long scale) {
    /** The value of this setting in the topic config's unit; anything below zero stands for "without limit". */
    String inTopicUnit(String value) {
        if (scale == 1) {
            return value;
        }
        try {
            int amount = Integer.parseInt(value.trim());
            return Long.toString(amount < 0 ? -1 : amount * scale);
        } catch (NumberFormatException notANumber) {
            throw new BrokerException(
                    ErrorCode.INVALID_CONFIG,
                    "The setting " + name + " cannot be '" + value + "': it must be a number of type int.");
        }
    }
}
