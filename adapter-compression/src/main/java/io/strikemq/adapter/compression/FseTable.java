package io.strikemq.adapter.compression;

import java.util.Arrays;

/**
 * A decoding table of Zstandard's finite state entropy (RFC 8878, 4.1): a state says which symbol it stands for, how
 * many bits to read and which number to add to them for the next state.
 */
final class FseTable {
    private final int accuracy;
    private final byte[] symbols;
    private final byte[] bits;
    private final short[] bases;

    private FseTable(int accuracy) {
        this.accuracy = accuracy;
        this.symbols = new byte[1 << accuracy];
        this.bits = new byte[1 << accuracy];
        this.bases = new short[1 << accuracy];
    }

    /** The table of a single symbol, which takes no bits. */
    static FseTable ofOne(int symbol) {
        FseTable table = new FseTable(0);
        table.symbols[0] = (byte) symbol;
        return table;
    }

    /**
     * The table for probabilities that add up to {@code 1 << accuracy}, -1 meaning "less than 1", which counts as 1.
     */
    static FseTable of(int accuracy, short[] probabilities) {
        FseTable table = new FseTable(accuracy);
        int size = 1 << accuracy;
        int[] next = new int[probabilities.length];
        int high = size;
        for (int symbol = 0; symbol < probabilities.length; symbol++) {
            if (probabilities[symbol] == -1) {
                table.symbols[--high] = (byte) symbol;
                next[symbol] = 1;
            }
        }
        table.spread(probabilities, next, high);
        for (int state = 0; state < size; state++) {
            int place = next[table.symbols[state]]++;
            int width = accuracy - (31 - Integer.numberOfLeadingZeros(place));
            table.bits[state] = (byte) width;
            table.bases[state] = (short) ((place << width) - size);
        }
        return table;
    }

    private void spread(short[] probabilities, int[] next, int high) {
        int size = 1 << accuracy;
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int symbol = 0; symbol < probabilities.length; symbol++) {
            if (probabilities[symbol] > 0) {
                next[symbol] = probabilities[symbol];
            }
            for (int i = 0; i < probabilities[symbol]; i++) {
                symbols[position] = (byte) symbol;
                do {
                    position = position + step & size - 1;
                } while (position >= high);
            }
        }
    }

    /** Reads a table's description and leaves the input behind it. */
    static FseTable read(ByteInput input, int maxAccuracy, int maxSymbol) throws MalformedPayloadException {
        ForwardBits bits = new ForwardBits(input);
        int accuracy = 5 + bits.read(4);
        if (accuracy > maxAccuracy) {
            throw new MalformedPayloadException("an entropy table of accuracy " + accuracy);
        }
        short[] probabilities = new short[maxSymbol + 1];
        int left = 1 << accuracy;
        int symbol = 0;
        while (left > 0 && symbol <= maxSymbol) {
            int probability = readProbability(bits, left);
            left -= Math.abs(probability);
            probabilities[symbol++] = (short) probability;
            if (probability == 0) {
                symbol += readZeros(bits);
            }
        }
        if (left != 0 || symbol > maxSymbol + 1) {
            throw new MalformedPayloadException("an entropy table whose probabilities do not add up");
        }
        return of(accuracy, Arrays.copyOf(probabilities, symbol));
    }

    /** A number from 0 to {@code left} + 1, the small ones a bit shorter, less 1. */
    private static int readProbability(ForwardBits bits, int left) throws MalformedPayloadException {
        int width = 32 - Integer.numberOfLeadingZeros(left + 1);
        int lowMask = (1 << width - 1) - 1;
        int threshold = (1 << width) - 1 - (left + 1);
        int low = bits.peek(width - 1);
        if (low < threshold) {
            bits.read(width - 1);
            return low - 1;
        }
        int value = bits.read(width);
        return (value > lowMask ? value - threshold : value) - 1;
    }

    private static int readZeros(ForwardBits bits) throws MalformedPayloadException {
        int zeros = 0;
        int repeat;
        do {
            repeat = bits.read(2);
            zeros += repeat;
        } while (repeat == 3);
        return zeros;
    }

    int firstState(BackwardBits stream) {
        return stream.read(accuracy);
    }

    int symbol(int state) {
        return symbols[state];
    }

    int nextState(int state, BackwardBits stream) {
        return bases[state] + stream.read(bits[state]);
    }
}
