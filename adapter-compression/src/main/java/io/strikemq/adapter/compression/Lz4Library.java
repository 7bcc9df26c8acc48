package io.strikemq.adapter.compression;

import java.lang.System.Logger.Level;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;

/**
 * What lz4-java has of blocks and their hash: its native code, or its plain Java where that cannot be loaded. Its third
 * kind, on {@code sun.misc.Unsafe}, is left alone, since newer JDKs warn of it.
 */
record Lz4Library(LZ4Factory blocks, XXHash32 hash) {
    static Lz4Library load() {
        try {
            return new Lz4Library(
                    LZ4Factory.nativeInstance(), XXHashFactory.nativeInstance().hash32());
        } catch (LinkageError | RuntimeException e) {
            System.getLogger(Lz4Library.class.getName())
                    .log(Level.INFO, "lz4 goes without its native library, at a third of the speed: {0}", e.toString());
            return inJava();
        }
    }

    static Lz4Library inJava() {
        return new Lz4Library(
                LZ4Factory.safeInstance(), XXHashFactory.safeInstance().hash32());
    }

    LZ4SafeDecompressor decompressor() {
        return blocks.safeDecompressor();
    }

    /** Kafka's choice: its default level means the fast algorithm, and any other the one that tries harder. */
    LZ4Compressor compressor(int level, int defaultLevel) {
        return level == defaultLevel ? blocks.fastCompressor() : blocks.highCompressor(level);
    }

    int hash(byte[] bytes, int from, int length) {
        return hash.hash(bytes, from, length, 0);
    }
}
