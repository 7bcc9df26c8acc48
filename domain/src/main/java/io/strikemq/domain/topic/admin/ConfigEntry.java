package io.strikemq.domain.topic.admin;

import java.util.List;

/**
 * One effective config, as DescribeConfigs shows it.
 *
 * @param name          Kafka's name
 * @param value         null when it has none, or is sensitive
 * @param source        where the value comes from
 * @param type          of the value
 * @param readOnly      whether it cannot be altered
 * @param sensitive     whether its value is never shown
 * @param documentation one sentence; null for none
 * @param synonyms      where the value is looked for, most specific first, as far as set (KIP-226)
 */
public record ConfigEntry(
        String name,
        String value,
        Source source,
        Type type,
        boolean readOnly,
        boolean sensitive,
        String documentation,
        List<Synonym> synonyms) {

    /** A setting of another name or scope that would give, or gives, the value. */
    public record Synonym(String name, String value, Source source) {}

    /** Where a value comes from; the codes are the wire's. */
    public enum Source {
        DYNAMIC_TOPIC_CONFIG(1),
        DYNAMIC_BROKER_CONFIG(2),
        DYNAMIC_DEFAULT_BROKER_CONFIG(3),
        STATIC_BROKER_CONFIG(4),
        DEFAULT_CONFIG(5),
        DYNAMIC_BROKER_LOGGER_CONFIG(6),
        DYNAMIC_CLIENT_METRICS_CONFIG(7),
        DYNAMIC_GROUP_CONFIG(8);

        private final byte code;

        Source(int code) {
            this.code = (byte) code;
        }

        /** The wire's code for this source. */
        public byte code() {
            return code;
        }
    }

    /** The type of a value; the codes are the wire's (KIP-569). */
    public enum Type {
        /** Of a config that nobody knows: plugins have some. */
        UNKNOWN(0),
        BOOLEAN(1),
        STRING(2),
        INT(3),
        SHORT(4),
        LONG(5),
        DOUBLE(6),
        LIST(7),
        CLASS(8),
        PASSWORD(9);

        private final byte code;

        Type(int code) {
            this.code = (byte) code;
        }

        /** The wire's code for this type. */
        public byte code() {
            return code;
        }
    }
}
