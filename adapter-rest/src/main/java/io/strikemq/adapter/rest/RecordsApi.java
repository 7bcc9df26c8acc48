package io.strikemq.adapter.rest;

import io.strikemq.domain.fetch.IsolationLevel;
import io.strikemq.domain.port.in.PutRecords;
import io.strikemq.domain.put.BatchToPut;
import io.strikemq.domain.put.ImportOffsets;
import io.strikemq.domain.put.RecordToPut;
import io.strikemq.domain.put.RecordsImported;
import io.strikemq.domain.put.RecordsPut;
import io.strikemq.domain.put.TopicExport;
import io.strikemq.domain.put.TopicImport;
import io.strikemq.domain.record.CompressionType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What a tester puts into {@code /v1/topics/{name}}, and takes out of it. */
public final class RecordsApi extends RestApi {
    private static final String TOPIC = "/v1/topics/{name}";
    private static final String NAME = "name";
    private static final String RECORDS = "records";
    private static final String OFFSETS = "offsets";
    private static final String KEEP = "keep";
    private static final String APPEND = "append";
    private static final String ISOLATION = "isolation";
    private static final String UNCOMMITTED = "read_uncommitted";
    private static final String COMMITTED = "read_committed";
    private static final String LINES = "application/x-ndjson";

    private static final int MAX_BODY = 64 << 20;

    private final PutRecords records;

    /** Answers from this port. */
    public RecordsApi(PutRecords records) {
        this.records = records;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.post(
                                TOPIC + "/records",
                                "put records as they are to be, with any offsets and timestamps",
                                this::put)
                        .withBody(call -> MAX_BODY),
                Route.get(TOPIC + "/export", "all records of a topic, as lines of JSON", this::export)
                        .withParameters(List.of(ISOLATION)),
                Route.posting(TOPIC + "/import", "put records into a topic that were exported", this::beginImport)
                        .withParameters(List.of(OFFSETS)));
    }

    /** {@code records} are as messages that are produced. */
    private record Body(
            List<ProduceBody.Message> records,
            Integer partition,
            String compression,
            Boolean corruptCrc,
            Long producerId,
            Integer producerEpoch,
            Integer baseSequence) {}

    private record Put(String topic, int partition, long baseOffset, long lastOffset, int recordCount) {}

    private record Imported(String topic, long recordCount) {}

    private Answer put(RestCall call) {
        call.memory().take(ProduceApi.bytesToRead(call.body()));
        Body body = Json.read(call.body(), Body.class);
        if (body == null || body.records() == null) {
            throw Failures.malformed("the body has no field 'records'");
        }
        RecordsPut put = records.put(call.pathParameter(NAME), batch(body));
        return Answer.ok(new Put(put.topic(), put.partition(), put.baseOffset(), put.lastOffset(), put.recordCount()));
    }

    private static BatchToPut batch(Body body) {
        List<RecordToPut> all = new ArrayList<>();
        for (ProduceBody.Message message : body.records()) {
            all.add(record(message, body.partition(), RECORDS + "[" + all.size() + "]"));
        }
        BatchToPut batch = BatchToPut.of(all);
        if (body.partition() != null) {
            batch = batch.partition(body.partition());
        }
        if (body.compression() != null) {
            batch = batch.compressed(CompressionType.forName(body.compression())
                    .orElseThrow(() -> Failures.malformed("compression must be none, gzip, snappy, lz4 or zstd, not \""
                            + body.compression() + "\"")));
        }
        if (Boolean.TRUE.equals(body.corruptCrc())) {
            batch = batch.corrupt();
        }
        return withProducer(batch, body);
    }

    private static BatchToPut withProducer(BatchToPut batch, Body body) {
        if (body.producerId() == null && body.producerEpoch() == null && body.baseSequence() == null) {
            return batch;
        }
        if (body.producerId() == null || body.producerEpoch() == null || body.baseSequence() == null) {
            throw Failures.malformed("producer_id, producer_epoch and base_sequence come together or not at all");
        }
        if (body.producerEpoch() < 0 || body.producerEpoch() > Short.MAX_VALUE) {
            throw Failures.malformed("producer_epoch must be a whole number from 0 to " + Short.MAX_VALUE);
        }
        return batch.producer(body.producerId(), body.producerEpoch(), body.baseSequence());
    }

    private static RecordToPut record(ProduceBody.Message message, Integer partition, String where) {
        if (message == null) {
            throw Failures.malformed(where + " must be an object");
        }
        int named = partition == null ? 0 : partition;
        if (message.partition() != null && message.partition() != named) {
            throw Failures.malformed(where + ".partition is " + message.partition() + ", but the batch's is " + named);
        }
        ByteBuffer key = TextOrBase64.bytes(message.key(), message.keyEncoding(), where + ".key");
        ByteBuffer value = ProduceApi.required(message.value(), message.valueEncoding(), where + ".value");
        return new RecordToPut(message.offset(), message.timestamp(), key, value, ProduceApi.headers(message, where));
    }

    private Answer export(RestCall call) {
        String word = call.word(ISOLATION, List.of(UNCOMMITTED, COMMITTED), UNCOMMITTED);
        IsolationLevel isolation =
                word.equals(COMMITTED) ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
        return new Export(records.export(call.pathParameter(NAME), isolation), new BudgetedBytes(call.memory()));
    }

    /** Each piece is made when the one before has left. */
    private static final class Export implements Answer.InPieces {
        private final TopicExport export;
        private final BudgetedBytes piece;
        private boolean ended;

        Export(TopicExport export, BudgetedBytes piece) {
            this.export = export;
            this.piece = piece;
        }

        @Override
        public ByteBuffer next() {
            piece.cutTo(0);
            try {
                ended = !export.next(piece);
            } catch (IOException e) {
                throw new UncheckedIOException("writing to memory", e);
            }
            return piece.written();
        }

        @Override
        public boolean hasMore() {
            return !ended;
        }

        @Override
        public String contentType() {
            return LINES;
        }
    }

    private BodyStream.Sink beginImport(RestCall call) {
        ImportOffsets offsets = call.word(OFFSETS, List.of(KEEP, APPEND), KEEP).equals(KEEP)
                ? ImportOffsets.KEPT
                : ImportOffsets.APPENDED;
        return new Import(records.beginImport(call.pathParameter(NAME), offsets), call.memory());
    }

    /** Counts what is held of the body, as text, as records and as a batch. */
    private static final class Import implements BodyStream.Sink {
        private static final int BYTES_WHILE_PUTTING = 6;

        private final TopicImport into;
        private final MemoryBudget.Share memory;
        private long taken;

        Import(TopicImport into, MemoryBudget.Share memory) {
            this.into = into;
            this.memory = memory;
        }

        @Override
        public void accept(ByteBuffer piece) {
            count(BYTES_WHILE_PUTTING * (into.heldBytes() + piece.remaining()));
            into.accept(piece);
            count(BYTES_WHILE_PUTTING * into.heldBytes());
        }

        private void count(long bytes) {
            if (bytes > taken) {
                memory.take(bytes - taken);
            } else {
                memory.give(taken - bytes);
            }
            taken = bytes;
        }

        @Override
        public Answer end() {
            RecordsImported imported = into.finish();
            return Answer.ok(new Imported(imported.topic(), imported.recordCount()));
        }
    }
}
