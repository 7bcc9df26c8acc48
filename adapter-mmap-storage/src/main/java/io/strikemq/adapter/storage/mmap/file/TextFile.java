package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

/** The small files that people may read too: text in UTF-8, damage in which is told with the file's name. */
public final class TextFile {
    /** Far more than any of them has, and far less than the heap. */
    private static final int LONGEST = 16 << 20;

    private TextFile() {}

    /** The whole text; fails as {@link SmallFile#read} does, and for what is no text. */
    public static String read(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(SmallFile.read(file, LONGEST));
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException damage) {
            throw new DamagedFileException(file, "it is not text in UTF-8", damage);
        }
    }

    /** The text as Java properties. */
    public static Properties properties(Path file) throws IOException {
        return properties(file, read(file));
    }

    /** The text of a file, read before, as Java properties. */
    public static Properties properties(Path file, String text) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IllegalArgumentException damage) {
            throw new DamagedFileException(file, damage.getMessage(), damage);
        }
        return properties;
    }
}
