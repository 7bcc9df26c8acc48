package io.strikemq.adapter.compression;

/** A decoding table of Zstandard's Huffman codes (RFC 8878, 4.2): each index is what the next bits may look like. */
final class HuffmanTable {
    private static final int MAX_BITS = 11;
    private static final int MAX_WEIGHTS = 255;
    private static final int WEIGHT_ACCURACY = 6;
    /** A header byte from here on announces plain weights of 4 bits each; below, the size of compressed ones. */
    private static final int PLAIN_WEIGHTS = 128;

    private final int maxBits;
    private final byte[] symbols;
    private final byte[] bits;

    private HuffmanTable(int maxBits) {
        this.maxBits = maxBits;
        this.symbols = new byte[1 << maxBits];
        this.bits = new byte[1 << maxBits];
    }

    /** Reads a tree's description and leaves the input behind it. */
    static HuffmanTable read(ByteInput input) throws MalformedPayloadException {
        int header = input.unsignedByte();
        byte[] weights = new byte[MAX_WEIGHTS + 1];
        int count = header >= PLAIN_WEIGHTS
                ? readPlainWeights(header - PLAIN_WEIGHTS + 1, input, weights)
                : readCompressedWeights(input.part(header), weights);
        return of(weights, count);
    }

    private static int readPlainWeights(int count, ByteInput input, byte[] weights) throws MalformedPayloadException {
        for (int i = 0; i < count; i += 2) {
            int pair = input.unsignedByte();
            weights[i] = (byte) (pair >>> 4);
            weights[i + 1] = (byte) (pair & 0xF);
        }
        weights[count] = 0;
        return count;
    }

    /** Two states take turns until the bits are used up; the one whose turn it is then has a last word. */
    private static int readCompressedWeights(ByteInput input, byte[] weights) throws MalformedPayloadException {
        FseTable table = FseTable.read(input, WEIGHT_ACCURACY, MAX_BITS + 1);
        BackwardBits stream = new BackwardBits(input);
        int state = table.firstState(stream);
        int other = table.firstState(stream);
        int count = 0;
        while (stream.left() >= 0) {
            if (count >= MAX_WEIGHTS - 1) {
                throw new MalformedPayloadException("a Huffman table of too many weights");
            }
            weights[count++] = (byte) table.symbol(state);
            int next = table.nextState(state, stream);
            state = other;
            other = next;
        }
        weights[count++] = (byte) table.symbol(state);
        return count;
    }

    private static HuffmanTable of(byte[] weights, int count) throws MalformedPayloadException {
        int total = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] > MAX_BITS) {
                throw new MalformedPayloadException("a Huffman weight of " + weights[i]);
            }
            total += 1 << weights[i] >> 1;
        }
        int maxBits = 32 - Integer.numberOfLeadingZeros(total);
        int rest = (1 << maxBits) - total;
        if (total == 0 || maxBits > MAX_BITS || Integer.bitCount(rest) != 1) {
            throw new MalformedPayloadException("a Huffman table whose weights do not add up");
        }
        // The last symbol's weight is not stored: it is what completes the sum.
        weights[count] = (byte) (32 - Integer.numberOfLeadingZeros(rest));
        HuffmanTable table = new HuffmanTable(maxBits);
        table.fill(weights, count + 1);
        return table;
    }

    private void fill(byte[] weights, int count) {
        int at = 0;
        for (int weight = 1; weight <= maxBits; weight++) {
            for (int symbol = 0; symbol < count; symbol++) {
                if (weights[symbol] == weight) {
                    int end = at + (1 << weight - 1);
                    for (; at < end; at++) {
                        symbols[at] = (byte) symbol;
                        bits[at] = (byte) (maxBits + 1 - weight);
                    }
                }
            }
        }
    }

    /** Decodes one stream of exactly {@code length} symbols. */
    void decode(ByteInput input, byte[] target, int from, int length) throws MalformedPayloadException {
        BackwardBits stream = new BackwardBits(input);
        for (int i = from; i < from + length; i++) {
            int code = stream.peek(maxBits);
            stream.skip(bits[code]);
            target[i] = symbols[code];
        }
        if (stream.left() != 0) {
            throw new MalformedPayloadException("a Huffman stream that does not end with its last symbol");
        }
    }
}
