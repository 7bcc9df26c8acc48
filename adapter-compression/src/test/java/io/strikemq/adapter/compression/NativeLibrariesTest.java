package io.strikemq.adapter.compression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.record.Compression;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When native code is loaded, and what is said where it cannot be: in JVMs of their own, since each loads it once. */
class NativeLibrariesTest {
    private static final byte[] TEXT = "to be or not to be, to be or not to be".getBytes(StandardCharsets.UTF_8);
    private static final List<String> LIBRARIES = List.of("com.github.luben", "net.jpountz", "org.xerial");

    @TempDir
    Path folder;

    @Test
    void nothingOfALibraryIsLoadedBeforeItsCodecIsUsed() throws Exception {
        List<String> lines = run("-Xlog:class+load:stdout:tags");
        int created = indexOf(lines, "created");
        int lz4 = indexOf(lines, "LZ4 read");
        for (String library : LIBRARIES) {
            assertFalse(names(lines.subList(0, created), library), library);
            assertEquals(
                    library.equals("net.jpountz"),
                    names(lines.subList(created, lz4), library),
                    library + " by the time that lz4 was used");
            assertTrue(names(lines, library), library);
        }
    }

    @Test
    void whereNothingCanBeUnpackedLz4AndGzipAreReadAndTheOthersSayWhy() throws Exception {
        Path unusable = Files.createFile(folder.resolve("a-file")).resolve("below");
        List<String> lines = run("-Djava.io.tmpdir=" + unusable);
        assertTrue(lines.contains("LZ4 read"), lines.toString());
        assertTrue(lines.contains("GZIP read"), lines.toString());
        for (String codec : List.of("SNAPPY", "ZSTD")) {
            List<String> refusals =
                    lines.stream().filter(line -> line.startsWith(codec)).toList();
            assertEquals(2, refusals.size(), "the second use says the same: " + lines);
            assertEquals(refusals.get(0), refusals.get(1));
            assertTrue(refusals.get(0).contains("UNSUPPORTED_COMPRESSION_TYPE"), refusals.get(0));
            assertTrue(refusals.get(0).contains("java.io.tmpdir"), refusals.get(0));
        }
    }

    @Test
    void theJvmWarnsOfNothingWhereNativeAccessIsAllowed() throws Exception {
        List<String> lines = run("-Xlog:disable");
        assertTrue(lines.contains("SNAPPY read") && lines.contains("ZSTD read"), lines.toString());
        assertTrue(lines.stream().noneMatch(line -> line.contains("WARNING")), lines.toString());
    }

    @ParameterizedTest
    @EnumSource(Lz4Kind.class)
    void lz4InPlainJavaAndInNativeCodeReadEachOther(Lz4Kind writer) throws Exception {
        byte[] plain = CodecsMatchKafkaProperties.payload(200_000, 30, 50, 3);
        for (int level : new int[] {9, 12}) {
            BoundedOutput compressed = new BoundedOutput(0, 1 << 20);
            writer.codec.compress((byte) 2, level, ByteInput.of(ByteBuffer.wrap(plain)), compressed);
            for (Lz4Kind reader : Lz4Kind.values()) {
                BoundedOutput read = new BoundedOutput(0, 1 << 20);
                reader.codec.decompress((byte) 2, ByteInput.of(compressed.toBuffer()), read);
                assertArrayEquals(plain, KafkaCodec.bytes(read.toBuffer()), writer + " to " + reader);
            }
        }
    }

    enum Lz4Kind {
        JAVA(Lz4Library.inJava()),
        NATIVE(Lz4Library.load());

        final Lz4Codec codec;

        Lz4Kind(Lz4Library library) {
            this.codec = new Lz4Codec(library);
        }
    }

    private List<String> run(String option) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 24) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-Xshare:auto", option, "-cp", System.getProperty("java.class.path")));
        command.add(EachCodecTwice.class.getName());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        } finally {
            process.destroyForcibly();
        }
        assertEquals(0, process.exitValue(), Files.readString(output));
        return Files.readAllLines(output);
    }

    private static int indexOf(List<String> lines, String line) {
        int index = lines.indexOf(line);
        assertTrue(index >= 0, line);
        return index;
    }

    private static boolean names(List<String> lines, String prefix) {
        return lines.stream().anyMatch(line -> line.contains(" " + prefix));
    }

    /** A program that reads what each codec wrote, twice, and says how it went. */
    static final class EachCodecTwice {
        public static void main(String[] args) {
            NativeCodecs codecs = new NativeCodecs();
            System.out.println("created");
            for (CompressionType type : Arrays.asList(
                    CompressionType.LZ4, CompressionType.GZIP, CompressionType.SNAPPY, CompressionType.ZSTD)) {
                for (int i = 0; i < 2; i++) {
                    System.out.println(type + " " + use(codecs, type));
                }
            }
        }

        private static String use(NativeCodecs codecs, CompressionType type) {
            try {
                ByteBuffer compressed = codecs.compress(Compression.of(type), (byte) 2, ByteBuffer.wrap(TEXT));
                ByteBuffer plain = codecs.decompress(type, (byte) 2, compressed, TEXT.length);
                return plain.equals(ByteBuffer.wrap(TEXT)) ? "read" : "changed";
            } catch (BrokerException e) {
                return "refused: " + e.error() + ", " + e.getMessage();
            }
        }
    }
}
