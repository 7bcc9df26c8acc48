package io.strikemq.application.exactlyonce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.producer.TransactionMarker.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What copiers did and were told, and whether what readers of committed records get agrees with it. */
final class Ledger {
    private final List<Entry> entries = new ArrayList<>();

    /** Transactional ids of which a transaction may be open, as far as clients can know. */
    private final Map<String, Entry> open = new HashMap<>();

    private final Map<String, Integer> producers = new HashMap<>();

    /** A transaction of a copier. */
    static final class Entry {
        private final int number;
        private final List<Copy> copies = new ArrayList<>();
        private boolean mayBeCommitted;
        private Outcome told;

        private Entry(int number) {
            this.number = number;
        }

        /** The records that it tried to write. */
        List<Copy> copies() {
            return copies;
        }

        @Override
        public String toString() {
            return "transaction " + number + ", told " + told + (mayBeCommitted ? ", commit asked for" : "") + " "
                    + copies;
        }
    }

    /** A record of the output: which one of the input's partition it is made from, and in which transaction. */
    record Copy(int transaction, int input, long offset) {
        static Copy of(String text) {
            String[] parts = text.split(" ");
            return new Copy(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        }

        String text() {
            return transaction + " " + input + " " + offset;
        }
    }

    Entry begin() {
        Entry entry = new Entry(entries.size());
        entries.add(entry);
        return entry;
    }

    /** The transaction is about to write a copy. */
    Copy writing(Entry entry, String transactionalId, int input, long offset) {
        Copy copy = new Copy(entry.number, input, offset);
        entry.copies.add(copy);
        open.put(transactionalId, entry);
        return copy;
    }

    /** The transaction is about to change the group's offsets. */
    void committingOffsets(Entry entry, String transactionalId) {
        open.put(transactionalId, entry);
    }

    /** The coordinator is about to be asked for the end. */
    void ending(Entry entry, Outcome outcome) {
        entry.mayBeCommitted |= outcome == Outcome.COMMIT;
    }

    /** The coordinator has said that it has ended. */
    void ended(Entry entry, String transactionalId, Outcome outcome) {
        entry.told = outcome;
        open.remove(transactionalId);
    }

    /** A producer got the id, so what the one before it had open has ended. */
    void initialized(String transactionalId) {
        open.remove(transactionalId);
        producers.merge(transactionalId, 1, Integer::sum);
    }

    /** How many producers the id has had so far. */
    int producers(String transactionalId) {
        return producers.getOrDefault(transactionalId, 0);
    }

    /** Whether all transactions have ended, as far as clients were told. */
    boolean isNothingOpen() {
        return open.isEmpty();
    }

    /** A reader of committed records has got this. */
    void checkRead(Copy copy) {
        Entry entry = entries.get(copy.transaction());
        assertTrue(entry.mayBeCommitted, () -> copy + " was read, and nobody has committed it: " + entry);
        assertFalse(entry.told == Outcome.ABORT, () -> copy + " was read, and is aborted: " + entry);
    }

    /**
     * Checks all that can be read when nothing goes on any more.
     *
     * @param read      of each output partition, in its order
     * @param committed of each input partition, the group's offset
     */
    void checkAll(List<List<Copy>> read, List<Long> committed) {
        Map<Integer, List<Copy>> byTransaction = new HashMap<>();
        for (List<Copy> ofPartition : read) {
            Map<Integer, Long> last = new HashMap<>();
            for (Copy copy : ofPartition) {
                byTransaction
                        .computeIfAbsent(copy.transaction(), number -> new ArrayList<>())
                        .add(copy);
                Long before = last.put(copy.input(), copy.offset());
                assertTrue(before == null || before < copy.offset(), () -> copy + " comes behind that of " + before);
            }
        }
        for (Entry entry : entries) {
            List<Copy> found = byTransaction.getOrDefault(entry.number, List.of());
            boolean isCommitted = entry.told == Outcome.COMMIT || entry.told == null && !found.isEmpty();
            assertEquals(
                    isCommitted ? sorted(entry.copies) : List.of(), sorted(found), () -> "what is read of " + entry);
        }
        for (int input = 0; input < committed.size(); input++) {
            checkOffset(input, committed.get(input), byTransaction);
        }
    }

    /** The copies of an input partition are each of its records up to the committed offset, once. */
    private static void checkOffset(int input, long committed, Map<Integer, List<Copy>> byTransaction) {
        List<Long> expected = new ArrayList<>();
        for (long offset = 0; offset < committed; offset++) {
            expected.add(offset);
        }
        List<Long> copied = byTransaction.values().stream()
                .flatMap(List::stream)
                .filter(copy -> copy.input() == input)
                .map(Copy::offset)
                .sorted()
                .toList();
        assertEquals(expected, copied, () -> "what is copied of input " + input + ", committed up to " + committed);
    }

    private static List<String> sorted(List<Copy> copies) {
        return copies.stream().map(Copy::text).sorted().toList();
    }

    @Override
    public String toString() {
        return entries.toString();
    }
}
