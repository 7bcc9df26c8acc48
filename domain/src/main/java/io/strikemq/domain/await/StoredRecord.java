package io.strikemq.domain.await;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A record as predicates see it.
 *
 * @param offset    in its partition
 * @param timestamp in ms; -1 without one
 * @param key       null without one; not a copy, as all arrays here
 * @param value     null in a tombstone
 * @param headers   in their order
 */
public record StoredRecord(
        String topic, int partition, long offset, long timestamp, byte[] key, byte[] value, List<Header> headers) {
    public StoredRecord {
        headers = List.copyOf(headers);
    }

    /** A header; names may repeat, the value may be null. */
    public record Header(String key, byte[] value) {}

    /** The key as UTF-8; null without one. */
    public String keyText() {
        return text(key);
    }

    /** The value as UTF-8; null in a tombstone. */
    public String valueText() {
        return text(value);
    }

    /** The value of the last header of that name as UTF-8; null without one. */
    public String headerText(String name) {
        for (int i = headers.size() - 1; i >= 0; i--) {
            if (headers.get(i).key().equals(name)) {
                return text(headers.get(i).value());
            }
        }
        return null;
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** Where it lies, and what it is: {@code orders-0@12 key=a value=b}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset + " key=" + keyText() + " value=" + valueText();
    }
}
