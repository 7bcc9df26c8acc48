package io.strikemq.endtoend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** What may happen to a data directory's indexes and checkpoints between a crash and the next start: logs suffice. */
enum CrashFiles {
    UNHARMED,
    MISSING,
    TRUNCATED,
    GARBAGE;

    /** What happens in a round, in turn. */
    static CrashFiles of(int round) {
        return values()[round % values().length];
    }

    /** Harms all that is beside the segments. */
    void harm(Path data) throws IOException {
        try (Stream<Path> all = Files.walk(data)) {
            for (Path file : all.filter(CrashFiles::isBesideASegment).toList()) {
                harmOne(file);
            }
        }
    }

    private void harmOne(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        switch (this) {
            case UNHARMED -> {}
            case MISSING -> Files.delete(file);
            case TRUNCATED -> Files.write(file, Arrays.copyOf(bytes, bytes.length * 2 / 3));
            case GARBAGE -> {
                Arrays.fill(bytes, bytes.length / 3, bytes.length, (byte) 0xA5);
                Files.write(file, bytes);
            }
        }
    }

    private static boolean isBesideASegment(Path file) {
        String name = file.getFileName().toString();
        return name.equals("checkpoint")
                || name.endsWith(".index")
                || name.endsWith(".timeindex")
                || name.endsWith(".txnindex");
    }
}
