package io.strikemq.adapter.storage.mmap.log;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The file that says where a log starts, when that is not where its first segment does: the offset and the CRC-32C of
 * its digits, both as decimal numbers in one line. There is none until records are deleted.
 */
final class StartOffsetFile {
    /** The file is there, and its bytes are not what was written. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(Path file) {
            super(file + " is damaged: it should hold an offset and its CRC-32C");
        }
    }

    private StartOffsetFile() {}

    /** Replaces the file, durably. */
    static void write(Path file, long startOffset) throws IOException {
        AtomicFile.replace(file, StandardCharsets.US_ASCII.encode(line(startOffset)));
    }

    /**
     * The start offset, 0 without a file.
     *
     * @throws DamagedException when the file does not say it; whoever goes on without brings deleted records back
     */
    static long read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        try {
            long startOffset = Long.parseLong(text.substring(0, Math.max(0, text.indexOf(' '))));
            if (startOffset >= 0 && text.equals(line(startOffset))) {
                return startOffset;
            }
        } catch (NumberFormatException damage) {
            // Told below, as any other damage.
        }
        throw new DamagedException(file);
    }

    private static String line(long startOffset) {
        String digits = Long.toString(startOffset);
        CRC32C crc = new CRC32C();
        crc.update(digits.getBytes(StandardCharsets.US_ASCII));
        return digits + " " + crc.getValue() + "\n";
    }
}
