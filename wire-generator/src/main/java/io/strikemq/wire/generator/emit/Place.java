package io.strikemq.wire.generator.emit;

/** Where a field stands; a structure that may be null is marked differently in the two places. */
enum Place {
    IN_LINE("in.readByte() < 0", "out.writeByte((byte) (%s == null ? -1 : 1));"),
    TAGGED("in.readUnsignedVarint() == 0", "out.writeUnsignedVarint(%s == null ? 0 : 1);");

    private final String readsNull;
    private final String writesMark;

    Place(String readsNull, String writesMark) {
        this.readsNull = readsNull;
        this.writesMark = writesMark;
    }

    /** An expression that consumes the mark and is true for null. */
    String readsNull() {
        return readsNull;
    }

    /** A statement that writes the mark for a member. */
    String writesMark(String member) {
        return writesMark.formatted(member);
    }
}
