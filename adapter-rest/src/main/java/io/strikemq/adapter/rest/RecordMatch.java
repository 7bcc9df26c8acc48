package io.strikemq.adapter.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import io.strikemq.domain.await.StoredRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What a record has to be like; all that is said has to hold:
 *
 * <pre>
 * {"key": {"equals": "a"}, "value": {"json": {"/order/id": 7}}, "headers": {"trace": {"contains": "7"}}}
 * </pre>
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RecordMatch(Text key, Text value, Map<String, Text> headers) {
    /**
     * What a text has to be like, which is bytes in UTF-8.
     *
     * @param isNull whether there is to be none
     * @param json   a JSON pointer (RFC 6901) to each field that matters, with its value
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Text(String equals, String contains, Boolean isNull, Map<String, JsonNode> json) {
        private Predicate<byte[]> predicate(String where) {
            List<Predicate<byte[]>> all = new ArrayList<>();
            if (equals != null) {
                all.add(bytes -> bytes != null && text(bytes).equals(equals));
            }
            if (contains != null) {
                all.add(bytes -> bytes != null && text(bytes).contains(contains));
            }
            if (isNull != null) {
                all.add(bytes -> (bytes == null) == isNull);
            }
            if (json != null) {
                json.forEach((pointer, wanted) -> all.add(field(pointer, wanted, where)));
            }
            if (all.isEmpty()) {
                throw Failures.malformed(where + " must have 'equals', 'contains', 'is_null' or 'json'");
            }
            return every(all);
        }

        private static Predicate<byte[]> field(String pointer, JsonNode wanted, String where) {
            if (hasTooLarge(wanted)) {
                throw Failures.malformed(where + ".json has a number that is larger than any double");
            }
            JsonPointer place;
            try {
                place = JsonPointer.compile(pointer);
            } catch (IllegalArgumentException e) {
                throw Failures.malformed(
                        where + ".json must be JSON pointers, such as \"/order/id\", not \"" + pointer + "\"");
            }
            return bytes -> {
                JsonNode tree = bytes == null ? null : Json.treeOrNull(bytes);
                return tree != null && tree.at(place).equals(RecordMatch::compare, wanted);
            };
        }

        private static String text(byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** 7 is 7.0: what counts is the number, not how it was written. What is too large for that equals nothing that is wanted. */
    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber() && !isTooLarge(one) && !isTooLarge(other)) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    private static boolean hasTooLarge(JsonNode tree) {
        return isTooLarge(tree)
                || StreamSupport.stream(tree.spliterator(), false).anyMatch(RecordMatch::hasTooLarge);
    }

    /** Whether it is a number such as 1e400, of which only its being infinite is left when it has been read. */
    private static boolean isTooLarge(JsonNode value) {
        return value.isFloatingPointNumber() && !Double.isFinite(value.doubleValue());
    }

    /** For the failure's text. */
    String words() {
        return "where " + StandardCharsets.UTF_8.decode(Json.bytes(this));
    }

    Predicate<StoredRecord> predicate(String where) {
        List<Predicate<StoredRecord>> all = new ArrayList<>();
        add(all, key, StoredRecord::key, where + ".key");
        add(all, value, StoredRecord::value, where + ".value");
        if (headers != null) {
            headers.forEach((name, match) -> {
                if (match == null) {
                    throw Failures.malformed(where + ".headers must be objects");
                }
                Predicate<byte[]> matches = match.predicate(where + ".headers");
                all.add(each -> each.headers().stream()
                        .anyMatch(header -> header.key().equals(name) && matches.test(header.value())));
            });
        }
        if (all.isEmpty()) {
            throw Failures.malformed(where + " must have 'key', 'value' or 'headers'");
        }
        return every(all);
    }

    private static void add(
            List<Predicate<StoredRecord>> all, Text match, Function<StoredRecord, byte[]> part, String where) {
        if (match != null) {
            Predicate<byte[]> matches = match.predicate(where);
            all.add(each -> matches.test(part.apply(each)));
        }
    }

    private static <T> Predicate<T> every(List<Predicate<T>> all) {
        List<Predicate<T>> each = List.copyOf(all);
        return what -> each.stream().allMatch(one -> one.test(what));
    }
}
