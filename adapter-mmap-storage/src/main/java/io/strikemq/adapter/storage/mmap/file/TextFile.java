package io.strikemq.adapter.storage.mmap.file;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The small files that people may read too: text in UTF-8, damage in which is told with the file's name. */
public final class TextFile {
    /** The file is there, and its bytes are not what it should hold; the message has its name. */
    public static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        /** {@code what} is wrong with the file, as the rest of a sentence. */
        public DamagedException(Path file, String what, Exception cause) {
            super(file + " is damaged: " + what, cause);
        }
    }

    private TextFile() {}

    /** The whole text. */
    public static String read(Path file) throws IOException {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException damage) {
            throw new DamagedException(file, "it is not text in UTF-8", damage);
        }
    }

    /** The text as Java properties. */
    public static Properties properties(Path file) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(read(file)));
        } catch (IllegalArgumentException damage) {
            throw new DamagedException(file, damage.getMessage(), damage);
        }
        return properties;
    }
}
