package io.strikemq.domain.record;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Takes message sets of formats 0 and 1 apart. */
final class LegacyMessages {
    private final List<LegacyMessage> messages = new ArrayList<>();
    private boolean compressedOnes;

    /** Adds the entry that the scanner stands on. */
    void add(ByteBuffer buffer, EntryScanner entry) {
        LegacyMessage message = new LegacyMessage(buffer, entry.at(), entry.size());
        messages.add(message);
        // A v2 batch among messages is found out later; until then it counts by what it is.
        compressedOnes |= entry.magic() == MessageFormat.V2
                ? new RecordBatch(buffer, entry.at()).compression() != CompressionType.NONE
                : message.isCompressed();
    }

    /** The messages of a produce request: all plain, or one that wraps the others. */
    List<LegacyMessage> checked() {
        if (messages.size() > 1 && compressedOnes) {
            throw invalid("a compressed message beside others");
        }
        return messages;
    }

    /**
     * The messages that a compressed one wraps.
     *
     * @throws BrokerException INVALID_RECORD where there are none, or their offsets contradict the wrapper's
     */
    static List<LegacyMessage> wrappedBy(LegacyMessage wrapper, RecordReader reader) {
        ByteBuffer compressed = wrapper.value();
        if (compressed == null) {
            throw invalid("a compressed message without a value");
        }
        ByteBuffer plain = reader.decompress(wrapper.compression(), wrapper.magic(), compressed);
        LegacyMessages inner = new LegacyMessages();
        EntryScanner scanner = new EntryScanner(plain);
        while (scanner.next()) {
            inner.add(plain, scanner);
        }
        if (inner.messages.isEmpty()) {
            throw invalid("a compressed message that wraps none");
        }
        checkWrapperOffset(wrapper, inner.messages.get(inner.messages.size() - 1));
        return inner.messages;
    }

    /** Some versions of librdkafka leave a wrapper's offset at 0, which is let pass. */
    private static void checkWrapperOffset(LegacyMessage wrapper, LegacyMessage last) {
        if (wrapper.magic() == MessageFormat.V1 && wrapper.offset() != 0 && wrapper.offset() < last.offset()) {
            throw invalid("the wrapper's offset " + wrapper.offset() + " is below its last message's " + last.offset());
        }
    }

    private static BrokerException invalid(String message) {
        return new BrokerException(ErrorCode.INVALID_RECORD, message);
    }
}
