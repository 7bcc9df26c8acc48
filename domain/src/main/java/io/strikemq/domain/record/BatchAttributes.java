package io.strikemq.domain.record;

/** The bits of a v2 batch's attributes (KIP-98): 0-2 compression, 3 log append time, 4 transactional, 5 control, 6 delete horizon. */
final class BatchAttributes {
    static final int COMPRESSION_MASK = 0x07;
    static final int LOG_APPEND_TIME = 0x08;
    static final int TRANSACTIONAL = 0x10;
    static final int CONTROL = 0x20;
    static final int DELETE_HORIZON = 0x40;

    private BatchAttributes() {}

    static TimestampType timestampType(int attributes) {
        return (attributes & LOG_APPEND_TIME) == 0 ? TimestampType.CREATE_TIME : TimestampType.LOG_APPEND_TIME;
    }

    static int withTimestampType(int attributes, TimestampType type) {
        return type == TimestampType.LOG_APPEND_TIME ? attributes | LOG_APPEND_TIME : attributes & ~LOG_APPEND_TIME;
    }

    /** Of a batch that lost its records. */
    static int ofEmpty(int attributes) {
        return attributes & (LOG_APPEND_TIME | TRANSACTIONAL | CONTROL);
    }
}
