package io.strikemq.adapter.kafka.wire;

/** The key or the value of a record in an internal topic. On disk a two-byte number stands in front of it. */
public interface CoordinatorMessage extends WireMessage {
    /** What kind of record this is: the number in front of its key. In front of a value stands its version. */
    short recordType();
}
