package io.strikemq.parity.compaction;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What becomes of a compacted log over its life, made up from a seed: appends, ends of transactions, time, compactions. */
final class GeneratedLog {
    static final long START_MILLIS = 1_767_225_600_000L;
    static final long PRODUCER_EXPIRATION_MILLIS = Duration.ofDays(1).toMillis();
    static final double MAP_LOAD_FACTOR = 0.9;

    private static final int MANY_SLOTS = 10_000;
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final Random random;
    private final Settings settings;
    private final GeneratedProducers producers;
    private final List<Step> steps = new ArrayList<>();
    private long nowMillis = START_MILLIS;
    private long sinceDeletion;

    /** One thing that happens to the log. */
    sealed interface Step {
        record Append(GeneratedBatch batch) implements Step {}

        /** The broker ends in order and starts again. */
        record Restart() implements Step {}

        record TurnTo(long millis) implements Step {}

        record Compact() implements Step {}

        record DeleteBefore(long offset) implements Step {}
    }

    /**
     * How the topic is kept.
     *
     * @param mapSlots how many keys the cleaner's map has room for, before the load factor
     * @param onDisk   in which of our storages
     * @param configs  of the topic
     */
    record Settings(int mapSlots, boolean onDisk, Map<String, String> configs) {
        long segmentMillis() {
            return Long.parseLong(configs.get("segment.ms"));
        }

        long deleteRetentionMillis() {
            return Long.parseLong(configs.get("delete.retention.ms"));
        }

        /**
         * Whether a pass may begin in the midst of a segment. Kafka takes transactions then that were aborted before for ones that
         * still go on, and keeps for a pass more what later records of their producers make old.
         */
        boolean beginsInSegments() {
            return mapSlots < MANY_SLOTS || deletes();
        }

        boolean stampedByLog() {
            return configs.get("message.timestamp.type").equals("LogAppendTime");
        }

        boolean deletes() {
            return configs.get("cleanup.policy").contains("delete");
        }
    }

    GeneratedLog(long seed) {
        random = new Random(seed);
        settings = settings(random);
        int keys = 3 + random.nextInt(40);
        producers = new GeneratedProducers(random, keys, settings.stampedByLog(), !settings.beginsInSegments());
        int count = 20 + random.nextInt(150);
        for (int i = 0; i < count; i++) {
            addOne();
        }
        addEnd();
    }

    private static Settings settings(Random random) {
        Map<String, String> configs = new HashMap<>();
        configs.put("cleanup.policy", random.nextInt(4) == 0 ? "compact,delete" : "compact");
        configs.put("retention.ms", "-1");
        configs.put("internal.segment.bytes", Integer.toString(1200 + random.nextInt(4000)));
        configs.put("message.timestamp.type", random.nextInt(4) == 0 ? "LogAppendTime" : "CreateTime");
        configs.put("segment.ms", pick(random, "3600000", "86400000", "604800000"));
        configs.put("index.interval.bytes", Integer.toString(random.nextInt(1000)));
        configs.put("min.cleanable.dirty.ratio", pick(random, "0.0", "0.01", "0.3", "0.5", "0.8"));
        long minLag = Long.parseLong(pick(random, "0", "0", "0", "1", "60000", "7200000"));
        configs.put("min.compaction.lag.ms", Long.toString(minLag));
        long maxLag = Long.parseLong(pick(random, "9223372036854775807", "9223372036854775807", "7200000", "86400000"));
        configs.put("max.compaction.lag.ms", Long.toString(maxLag));
        configs.put("delete.retention.ms", pick(random, "0", "1", "3600000", "86400000"));
        int slots = random.nextBoolean() ? 8 + random.nextInt(40) : MANY_SLOTS;
        return new Settings(slots, random.nextBoolean(), configs);
    }

    private static String pick(Random random, String... values) {
        return values[random.nextInt(values.length)];
    }

    Settings settings() {
        return settings;
    }

    List<Step> steps() {
        return steps;
    }

    private void addOne() {
        int what = random.nextInt(100);
        if (what < 72) {
            append(producers.data(nowMillis));
        } else if (what < 82) {
            producers.marker(nowMillis).ifPresent(this::append);
        } else if (what < 84) {
            steps.add(new Step.Restart());
        } else if (what < 92) {
            pass(passing());
        } else if (what < 94 && settings.deletes()) {
            delete();
        } else {
            steps.add(new Step.Compact());
        }
    }

    /** Compactions far enough apart for what was deleted to go for good; what is in the last segment stays. */
    private void addEnd() {
        if (random.nextInt(4) > 0) {
            producers.endAll(nowMillis).forEach(this::append);
        }
        for (int i = 0; i < 4; i++) {
            steps.add(new Step.Compact());
            pass(Math.max(settings.deleteRetentionMillis(), settings.segmentMillis()) + HOUR);
            append(producers.plain(nowMillis));
        }
        steps.add(new Step.Compact());
    }

    private void append(GeneratedBatch batch) {
        steps.add(new Step.Append(batch));
    }

    private long passing() {
        return switch (random.nextInt(5)) {
            case 0 -> 1;
            case 1 -> 1 + random.nextInt(1000);
            case 2 -> HOUR;
            case 3 -> 1 + (long) (random.nextDouble() * 5 * HOUR);
            default -> (long) (random.nextDouble() * 30 * HOUR);
        };
    }

    private void pass(long millis) {
        nowMillis += millis;
        steps.add(new Step.TurnTo(nowMillis));
    }

    private void delete() {
        long end = producers.nextOffset();
        sinceDeletion += (long) (random.nextDouble() * 0.3 * (end - sinceDeletion));
        steps.add(new Step.DeleteBefore(sinceDeletion));
    }
}
