package io.strikemq.wire.generator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.wire.generator.emit.ApiKeyEmitter;
import io.strikemq.wire.generator.emit.MessageEmitter;
import io.strikemq.wire.generator.model.MessageSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Compares what is emitted for toy definitions with files beside them. After an intended change, review what the
 * failing test left in target/golden and copy it over.
 */
class GoldenFileTest {
    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
    private static final Path ACTUAL = Path.of("target", "golden");

    @Test
    void aRequestWithEveryKindOfField() throws IOException {
        assertGolden("ToyRequest.java.txt", new MessageEmitter("wire").emit(definition("ToyRequest"), "toys"));
    }

    @Test
    void aResponseWithErrorsInItsRows() throws IOException {
        assertGolden("ToyResponse.java.txt", new MessageEmitter("wire").emit(definition("ToyResponse"), "toys"));
    }

    @Test
    void theKeyOfACoordinatorRecord() throws IOException {
        assertGolden("ToyKey.java.txt", new MessageEmitter("wire").emit(definition("ToyKey"), "toys"));
    }

    @Test
    void theEnumOfApis() throws IOException {
        assertGolden("ApiKey.java.txt", new ApiKeyEmitter("wire").emit(List.of(definition("ToyRequest")), "toys"));
    }

    private static MessageSpec definition(String name) throws IOException {
        return new DefinitionParser().parse(Files.readString(GOLDEN.resolve(name + ".json")));
    }

    private static void assertGolden(String file, String emitted) throws IOException {
        Files.createDirectories(ACTUAL);
        Files.writeString(ACTUAL.resolve(file), emitted);
        assertEquals(Files.readString(GOLDEN.resolve(file)), emitted);
    }
}
