package io.strikemq.adapter.compression;

/**
 * The sequences of Zstandard's blocks (RFC 8878, 3.1.1.3.2): so many literals, then so many bytes from so far back.
 * Tables and the last three distances stay in force for later blocks of the frame.
 */
final class ZstdSequences {
    private static final int MAX_LITERALS_CODE = 35;
    private static final int MAX_DISTANCE_CODE = 31;
    private static final int MAX_MATCH_CODE = 52;

    private static final int[] LITERALS_BASE = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512,
        1024, 2048, 4096, 8192, 16384, 32768, 65536
    };
    private static final byte[] LITERALS_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        16
    };
    private static final int[] MATCH_BASE = {
        3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32,
        33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539
    };
    private static final byte[] MATCH_BITS = {
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2,
        2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16
    };
    private static final short[] LITERALS_DEFAULT = {
        4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1
    };
    private static final short[] DISTANCE_DEFAULT = {
        1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1
    };
    private static final short[] MATCH_DEFAULT = {
        1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
        1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1
    };

    private FseTable literalLengths;
    private FseTable distances;
    private FseTable matchLengths;
    private int last = 1;
    private int beforeLast = 4;
    private int beforeThat = 8;

    /** Reads a block's sequences and writes what they and the literals make up. */
    void execute(ByteInput input, byte[] literals, int history, BoundedOutput output) throws MalformedPayloadException {
        int count = readCount(input);
        int used = 0;
        if (count > 0) {
            readTables(input);
            used = executeAll(count, new BackwardBits(input), literals, history, output);
        } else if (input.hasRemaining()) {
            throw new MalformedPayloadException("bytes after a block's literals");
        }
        output.write(literals, used, literals.length - used);
    }

    private static int readCount(ByteInput input) throws MalformedPayloadException {
        int first = input.unsignedByte();
        if (first < 128) {
            return first;
        }
        return first < 255 ? (first - 128 << 8) + input.unsignedByte() : (int) input.littleEndian(2) + 0x7F00;
    }

    private void readTables(ByteInput input) throws MalformedPayloadException {
        int modes = input.unsignedByte();
        if ((modes & 3) != 0) {
            throw new MalformedPayloadException("sequences of a kind that is not known");
        }
        literalLengths = table(modes >>> 6, literalLengths, 6, LITERALS_DEFAULT, input, 9, MAX_LITERALS_CODE);
        distances = table(modes >>> 4 & 3, distances, 5, DISTANCE_DEFAULT, input, 8, MAX_DISTANCE_CODE);
        matchLengths = table(modes >>> 2 & 3, matchLengths, 6, MATCH_DEFAULT, input, 9, MAX_MATCH_CODE);
    }

    private static FseTable table(
            int mode, FseTable before, int accuracy, short[] common, ByteInput input, int maxAccuracy, int maxSymbol)
            throws MalformedPayloadException {
        return switch (mode) {
            case 0 -> FseTable.of(accuracy, common);
            case 1 -> {
                int symbol = input.unsignedByte();
                if (symbol > maxSymbol) {
                    throw new MalformedPayloadException("a sequence code of " + symbol);
                }
                yield FseTable.ofOne(symbol);
            }
            case 2 -> FseTable.read(input, maxAccuracy, maxSymbol);
            default -> {
                if (before == null) {
                    throw new MalformedPayloadException("sequences that refer to a table which is not there");
                }
                yield before;
            }
        };
    }

    private int executeAll(int count, BackwardBits stream, byte[] literals, int history, BoundedOutput output)
            throws MalformedPayloadException {
        int literalState = literalLengths.firstState(stream);
        int distanceState = distances.firstState(stream);
        int matchState = matchLengths.firstState(stream);
        int used = 0;
        int blockStart = output.size();
        for (int i = 0; i < count; i++) {
            int distanceCode = distances.symbol(distanceState);
            int matchCode = matchLengths.symbol(matchState);
            int literalCode = literalLengths.symbol(literalState);
            long distanceValue = (1L << distanceCode) + (stream.read(distanceCode) & 0xFFFFFFFFL);
            int matched = MATCH_BASE[matchCode] + stream.read(MATCH_BITS[matchCode]);
            int literal = LITERALS_BASE[literalCode] + stream.read(LITERALS_BITS[literalCode]);
            long distance = distance(distanceValue, literal);
            boolean possible = literal <= literals.length - used
                    && distance > 0
                    && distance <= output.size() - history + literal
                    && output.size() - blockStart + literal + matched <= ZstdCodec.MAX_BLOCK;
            if (!possible) {
                throw new MalformedPayloadException("a sequence that reaches beyond what is there");
            }
            output.write(literals, used, literal);
            used += literal;
            output.repeat((int) distance, matched);
            if (i < count - 1) {
                literalState = literalLengths.nextState(literalState, stream);
                matchState = matchLengths.nextState(matchState, stream);
                distanceState = distances.nextState(distanceState, stream);
            }
        }
        if (stream.left() != 0) {
            throw new MalformedPayloadException("sequences that do not end with their last bit");
        }
        return used;
    }

    /** Values from 1 to 3 mean one of the last distances; without literals they are one further on. */
    private long distance(long value, int literals) {
        if (value > 3) {
            beforeThat = beforeLast;
            beforeLast = last;
            // A distance of more than an int is refused before it is used again.
            last = (int) Math.min(Integer.MAX_VALUE, value - 3);
            return value - 3;
        }
        int which = (int) value - 1 + (literals == 0 ? 1 : 0);
        if (which == 0) {
            return last;
        }
        int found = which == 1 ? beforeLast : which == 2 ? beforeThat : last - 1;
        beforeThat = which == 1 ? beforeThat : beforeLast;
        beforeLast = last;
        last = found;
        return found;
    }
}
