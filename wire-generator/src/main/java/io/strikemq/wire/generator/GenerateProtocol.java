package io.strikemq.wire.generator;

import io.strikemq.wire.generator.emit.ApiKeyEmitter;
import io.strikemq.wire.generator.emit.MessageEmitter;
import io.strikemq.wire.generator.model.MessageKind;
import io.strikemq.wire.generator.model.MessageSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The build's entry point: definitions in, Java sources out. */
public final class GenerateProtocol {
    private static final String RUNTIME = "io.strikemq.adapter.kafka.wire";
    private static final String MESSAGES = "io.strikemq.adapter.kafka.message";
    private static final String COORDINATOR = MESSAGES + ".coordinator";

    private GenerateProtocol() {}

    /** @param arguments the folder of the current definitions, that of the older ones, and the folder to write to */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 3) {
            throw new IllegalArgumentException("usage: CURRENT_DEFINITIONS OLDER_DEFINITIONS SOURCE_FOLDER");
        }
        Definitions current = Definitions.read(Path.of(arguments[0]));
        Definitions older = Definitions.read(Path.of(arguments[1]));
        write(current.forBroker(older), new SourceFolder(Path.of(arguments[2])));
    }

    private static void write(List<MessageSpec> messages, SourceFolder sources) throws IOException {
        MessageEmitter emitter = new MessageEmitter(RUNTIME);
        for (MessageSpec message : messages) {
            String packageName = message.kind().coordinator() ? COORDINATOR : MESSAGES;
            sources.write(packageName, message.name(), emitter.emit(message, packageName));
        }
        List<MessageSpec> requests = messages.stream()
                .filter(message -> message.kind() == MessageKind.REQUEST)
                .toList();
        sources.write(MESSAGES, "ApiKey", new ApiKeyEmitter(RUNTIME).emit(requests, MESSAGES));
        sources.deleteRest();
    }
}
