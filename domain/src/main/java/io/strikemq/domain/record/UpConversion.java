package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.topic.TopicSettings;
import java.util.List;

/**
 * Makes one v2 batch of a produce request's messages of format 0 or 1, as Kafka does, checking each on the way.
 * Messages of format 0 have no timestamp, and get none. For one produce request.
 */
final class UpConversion {
    private final RecordReader reader;
    private final CompressionCodecs codecs;
    private final TopicSettings topic;
    private final long now;

    UpConversion(RecordReader reader, CompressionCodecs codecs, TopicSettings topic, long now) {
        this.reader = reader;
        this.codecs = codecs;
        this.topic = topic;
        this.now = now;
    }

    /** Converts messages whose CRC is right: plain ones, or a single one that wraps others. */
    ValidatedRecords convert(List<LegacyMessage> messages) {
        LegacyMessage first = messages.get(0);
        return first.isCompressed() ? convertWrapped(first) : convertPlain(messages);
    }

    private ValidatedRecords convertPlain(List<LegacyMessage> messages) {
        byte magic = messages.get(0).magic();
        for (LegacyMessage message : messages) {
            if (message.magic() != magic) {
                throw new BrokerException(
                        ErrorCode.INVALID_RECORD, "magic " + message.magic() + " in a message set of magic " + magic);
            }
            // To Kafka each plain message is a batch of its own: the first bad one decides, as number 0 of its batch.
            RecordRules rules = new RecordRules(topic, now);
            rules.check(0, message.hasKey(), message.timestamp(), message.timestampType());
            if (!rules.errors().isEmpty()) {
                return rules.refusal();
            }
        }
        RecordBatchBuilder builder = ProduceValidation.builderFor(topic, CompressionType.NONE, now);
        for (LegacyMessage message : messages) {
            builder.append(message.timestamp(), message.key(), message.value());
        }
        return ProduceValidation.acceptConverted(builder, codecs, topic, now);
    }

    private ValidatedRecords convertWrapped(LegacyMessage wrapper) {
        RecordBatchBuilder builder = ProduceValidation.builderFor(topic, wrapper.compression(), now);
        RecordRules rules = new RecordRules(topic, now);
        List<LegacyMessage> messages = LegacyMessages.wrappedBy(wrapper, reader);
        for (int index = 0; index < messages.size(); index++) {
            LegacyMessage message = messages.get(index);
            if (message.magic() != wrapper.magic()) {
                rules.refuse(index, "The record's magic does not match the outer magic " + wrapper.magic());
                continue;
            }
            checkWrapped(message);
            long timestamp = wrapper.timestampType() == TimestampType.LOG_APPEND_TIME
                    ? wrapper.timestamp()
                    : message.timestamp();
            rules.check(index, message.hasKey(), timestamp, wrapper.timestampType());
            if (rules.errors().isEmpty()) {
                builder.append(timestamp, message.key(), message.value());
            }
        }
        return rules.errors().isEmpty()
                ? ProduceValidation.acceptConverted(builder, codecs, topic, now)
                : rules.refusal();
    }

    private static void checkWrapped(LegacyMessage message) {
        if (message.isCompressed()) {
            throw new BrokerException(ErrorCode.INVALID_RECORD, "wrapped messages must not be compressed");
        }
        if (!message.crcMatches()) {
            throw new BrokerException(ErrorCode.CORRUPT_MESSAGE, "a wrapped message's CRC is not that of its bytes");
        }
    }
}
