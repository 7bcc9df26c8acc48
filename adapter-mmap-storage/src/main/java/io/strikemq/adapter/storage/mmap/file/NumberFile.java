package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A file that holds one number of at least 0: the number and the CRC-32C of its digits, both as decimal numbers in one
 * line. So no number is taken for another because a digit was lost or changed.
 */
public final class NumberFile {
    private NumberFile() {}

    /** Replaces the file, durably. */
    public static void write(Path file, long number) throws IOException {
        AtomicFile.replace(file, StandardCharsets.US_ASCII.encode(line(number)));
    }

    /** Replaces the file as {@link AtomicFile#put} does: somebody forces the directory then. */
    public static void put(Path file, long number) throws IOException {
        AtomicFile.put(file, StandardCharsets.US_ASCII.encode(line(number)));
    }

    /**
     * The number.
     *
     * @throws NoSuchFileException  when there is no file
     * @throws DamagedFileException when the file does not say it
     */
    public static long read(Path file) throws IOException {
        return number(file, TextFile.read(file));
    }

    /** The number in the text of a file, read before. */
    public static long number(Path file, String text) throws DamagedFileException {
        try {
            long number = Long.parseLong(text.substring(0, Math.max(0, text.indexOf(' '))));
            if (number >= 0 && text.equals(line(number))) {
                return number;
            }
        } catch (NumberFormatException damage) {
            // Told below, as any other damage.
        }
        throw new DamagedFileException(file, "it should hold a number and its CRC-32C");
    }

    private static String line(long number) {
        String digits = Long.toString(number);
        CRC32C crc = new CRC32C();
        crc.update(digits.getBytes(StandardCharsets.US_ASCII));
        return digits + " " + crc.getValue() + "\n";
    }
}
