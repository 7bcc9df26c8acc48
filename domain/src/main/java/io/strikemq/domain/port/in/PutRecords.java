package io.strikemq.domain.port.in;

import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.put.BatchToPut;
import io.strikemq.domain.put.ImportOffsets;
import io.strikemq.domain.put.RecordToPut;
import io.strikemq.domain.put.RecordsImported;
import io.strikemq.domain.put.RecordsPut;
import io.strikemq.domain.put.TopicExport;
import io.strikemq.domain.put.TopicImport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Puts records into topics as a tester wants them to lie there, past all that producers have to keep to, and takes topics out and in as
 * lines of JSON. Consumers see what was put as if it had been produced. Callable from any thread that may wait for the disk.
 *
 * <p>Errors: a {@link io.strikemq.domain.error.BrokerException} with UNKNOWN_TOPIC_OR_PARTITION, INVALID_TOPIC_EXCEPTION, or
 * INVALID_REQUEST for what cannot be, with a sentence; a topic of the broker itself is refused so too. A topic that is not there is made
 * where the broker may do so ({@code auto.create.topics.enable}), but not to be exported.
 */
public interface PutRecords {
    /**
     * Appends a batch: at the offsets that its records name, as far as they lie at the end of the log or beyond it, with any timestamps,
     * without a look at limits of the topic or at sequence numbers.
     *
     * <p>A batch with a wrong CRC is made durable at once, with a checkpoint behind it: a restart keeps it, as it keeps any damage in what
     * it knows to be written.
     */
    RecordsPut put(String topic, BatchToPut batch);

    /** The same for records of partition 0 that become one batch. */
    default RecordsPut put(String topic, RecordToPut... records) {
        return put(topic, BatchToPut.of(records));
    }

    /** Begins to tell all records of a topic, partition by partition; {@code isolation} as for a consumer. */
    TopicExport export(String topic, IsolationLevel isolation);

    /** Begins to put records into a topic that were exported. */
    TopicImport beginImport(String topic, ImportOffsets offsets);

    /** Writes all records of a topic, lines of JSON in UTF-8; returns how many. The stream stays open. */
    default long exportTo(String topic, OutputStream out) throws IOException {
        return write(export(topic, IsolationLevel.READ_UNCOMMITTED), out);
    }

    /** The same into a file, which is made or overwritten, unless there is no such topic. */
    default long exportTo(String topic, Path file) throws IOException {
        TopicExport export = export(topic, IsolationLevel.READ_UNCOMMITTED);
        try (OutputStream out = Files.newOutputStream(file)) {
            return write(export, out);
        }
    }

    private static long write(TopicExport export, OutputStream out) throws IOException {
        boolean more = true;
        while (more) {
            more = export.next(out);
        }
        return export.recordCount();
    }

    /** Puts what {@link #exportTo} wrote into a topic. The stream stays open. */
    default RecordsImported importFrom(String topic, InputStream in, ImportOffsets offsets) throws IOException {
        TopicImport into = beginImport(topic, offsets);
        byte[] piece = new byte[64 << 10];
        for (int size = in.read(piece); size >= 0; size = in.read(piece)) {
            into.accept(ByteBuffer.wrap(piece, 0, size));
        }
        return into.finish();
    }

    /** The same from a file. */
    default RecordsImported importFrom(String topic, Path file, ImportOffsets offsets) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return importFrom(topic, in, offsets);
        }
    }
}
