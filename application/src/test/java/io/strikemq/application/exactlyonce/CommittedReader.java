package io.strikemq.application.exactlyonce;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.application.OneBroker;
import io.strikemq.application.Reading;
import io.strikemq.application.exactlyonce.Ledger.Copy;
import io.strikemq.application.partition.LogEnd;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.AbortedRecords;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.record.RecordBatch;
import io.strikemq.domain.record.RecordBatches;
import io.strikemq.domain.record.RecordReader;
import io.strikemq.domain.topic.Topic;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** A consumer of the output at read_committed, which reads on where it was, whatever happens to the broker. */
final class CommittedReader {
    private static final int SMALL_PIECE = 200;

    private final MortalBroker broker;
    private final Ledger ledger;
    private final long[] positions = new long[MortalBroker.OUTPUT_PARTITIONS];
    private final List<List<Copy>> read = new ArrayList<>();

    CommittedReader(MortalBroker broker, Ledger ledger) {
        this.broker = broker;
        this.ledger = ledger;
        for (int i = 0; i < positions.length; i++) {
            read.add(new ArrayList<>());
        }
    }

    /** What it has got so far, of each partition. */
    List<List<Copy>> read() {
        return read;
    }

    /** Reads all that can be read now, and has each record checked. */
    void poll() {
        broker.reviveIfDead();
        for (int partition = 0; partition < positions.length; partition++) {
            long before = -1;
            while (before < positions[partition]) {
                before = positions[partition];
                fetch(partition);
            }
        }
    }

    private void fetch(int partition) {
        OneBroker partitions = broker.partitions();
        FetchResult result = partitions.read(new Reading()
                .atMostOfEach(SMALL_PIECE)
                .committed()
                .from(MortalBroker.OUTPUT, partition, positions[partition]));
        PartitionFetched fetched = result.partitions().get(0);
        assertEquals(ErrorCode.NONE, fetched.error());
        AbortedRecords aborted = new AbortedRecords(fetched.aborted());
        for (ByteBuffer buffer : fetched.records().buffers()) {
            for (RecordBatch batch : RecordBatches.in(buffer)) {
                boolean isShown = !aborted.hides(batch) && !batch.isControl();
                if (isShown && batch.baseOffset() >= positions[partition]) {
                    show(partition, batch);
                }
                positions[partition] = batch.lastOffset() + 1;
            }
        }
        result.release();
    }

    private void show(int partition, RecordBatch batch) {
        new RecordReader(broker.partitions().codecs).read(batch).forEach(record -> {
            Copy copy = Copy.of(
                    StandardCharsets.UTF_8.decode(record.value().duplicate()).toString());
            ledger.checkRead(copy);
            read.get(partition).add(copy);
        });
    }

    /** Nothing is open: whoever reads committed records, or stable offsets, gets to the end. */
    void checkThatNobodyIsStuck() {
        broker.reviveIfDead();
        checkEnds(MortalBroker.OUTPUT, MortalBroker.OUTPUT_PARTITIONS);
        checkEnds(
                Topic.CONSUMER_OFFSETS,
                broker.partitions()
                        .topics
                        .find(Topic.CONSUMER_OFFSETS)
                        .orElseThrow()
                        .partitionCount());
    }

    private void checkEnds(String topic, int count) {
        IntStream.range(0, count).forEach(partition -> {
            LogEnd end = broker.partitions().partition(topic, partition).end();
            assertEquals(
                    end.highWatermark(),
                    end.lastStableOffset(),
                    () -> "readers of " + topic + "-" + partition + " are stuck behind what has ended: " + ledger);
        });
    }
}
