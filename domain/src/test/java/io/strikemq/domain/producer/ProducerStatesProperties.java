package io.strikemq.domain.producer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.producer.SequenceCheck.Duplicate;
import io.strikemq.domain.producer.SequenceCheck.Refused;
import io.strikemq.domain.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The rules against a model that keeps everything that a producer ever wrote. */
class ProducerStatesProperties {
    private static final long PRODUCER = 5;
    /** Close to the largest int, so that sequences wrap around. */
    private static final int FIRST_SEQUENCE = Integer.MAX_VALUE - 6;

    /** What a producer does: {@code back} 0 sends the next batch, n repeats the n-th last, negative skips sequences. */
    record Step(int back, int count, int epochStep, boolean restart) {}

    private record Written(int epoch, int base, int count, long offset) {
        /** The sequence that follows; counted as people do, and only then wrapped around. */
        int next() {
            return (int) ((base + (long) count) % (1L << 31));
        }
    }

    @Property(tries = 300)
    void whatIsAcceptedDuplicateOrRefusedIsAsTheModelSays(@ForAll("steps") List<Step> steps) {
        ProducerStates states = new ProducerStates();
        List<Written> log = new ArrayList<>();
        long offset = 0;
        for (Step step : steps) {
            Written sent = batchOf(step, log, offset);
            RecordBatch batch = Sequenced.batch(PRODUCER, sent.epoch, sent.base, sent.count, sent.offset);
            SequenceCheck check = states.check(batch);
            assertEquals(expected(sent, log), describe(check));
            if (check instanceof SequenceCheck.Next) {
                states.appended(batch, 0);
                log.add(sent);
                offset += sent.count;
            }
            if (step.restart) {
                states = ProducerStates.restore(states.snapshot());
            }
        }
    }

    private static Written batchOf(Step step, List<Written> log, long offset) {
        if (log.isEmpty()) {
            return new Written(3, FIRST_SEQUENCE, step.count, offset);
        }
        Written last = log.get(log.size() - 1);
        int epoch = last.epoch + step.epochStep;
        if (step.epochStep > 0) {
            return new Written(epoch, step.back == 0 ? 0 : 2, step.count, offset);
        }
        if (step.back > 0 && step.back <= log.size()) {
            Written again = log.get(log.size() - step.back);
            return new Written(epoch, again.base, again.count, offset);
        }
        int skipped = Math.max(0, -step.back);
        return new Written(epoch, (int) ((last.next() + (long) skipped) % (1L << 31)), step.count, offset);
    }

    private static String expected(Written sent, List<Written> log) {
        if (log.isEmpty()) {
            return "next";
        }
        Written last = log.get(log.size() - 1);
        if (sent.epoch < last.epoch) {
            return ErrorCode.INVALID_PRODUCER_EPOCH.name();
        }
        if (sent.epoch > last.epoch) {
            return sent.base == 0 ? "next" : ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name();
        }
        for (Written one : log.subList(Math.max(0, log.size() - 5), log.size())) {
            if (one.epoch == sent.epoch && one.base == sent.base && one.count == sent.count) {
                return "duplicate of " + one.offset;
            }
        }
        return sent.base == last.next() ? "next" : ErrorCode.OUT_OF_ORDER_SEQUENCE_NUMBER.name();
    }

    private static String describe(SequenceCheck check) {
        if (check instanceof Duplicate duplicate) {
            return "duplicate of " + duplicate.baseOffset();
        }
        return check instanceof Refused refused ? refused.error().name() : "next";
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Integer> back = Arbitraries.frequency(
                Tuple.of(6, 0), Tuple.of(1, 1), Tuple.of(1, 3), Tuple.of(1, 5), Tuple.of(1, 6), Tuple.of(1, -2));
        Arbitrary<Integer> epochStep = Arbitraries.frequency(Tuple.of(14, 0), Tuple.of(1, 1), Tuple.of(1, -1));
        return Combinators.combine(
                        back,
                        Arbitraries.integers().between(1, 4),
                        epochStep,
                        Arbitraries.of(false, false, false, true))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(30);
    }
}
