package io.strikemq.benchmark;

import io.strikemq.parity.Home;
import io.strikemq.parity.peer.ApacheKafka;
import io.strikemq.parity.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Groups of the consumer protocol (KIP-848), driven by bare requests to the built jar and to Apache Kafka: how long it takes from
 * the first join until everybody has its share, and what a heartbeat costs then. Both brokers have their usual settings, so that
 * Kafka waits a second between two assignments of a group.
 */
public final class GroupBenchmark {
    private static final int ROUNDS = Integer.getInteger("rounds", 10);

    /** So many groups of so many members each, that read a topic of so many partitions. */
    private record Setup(int groups, int members, int partitions) {
        String topic() {
            return "topic-of-" + partitions;
        }

        @Override
        public String toString() {
            return groups == 1 ? members + " members in one group" : groups + " groups of " + members + " members";
        }
    }

    private static final List<Setup> SETUPS = List.of(
            new Setup(Integer.getInteger("groups", 200), 10, 20),
            new Setup(1, Integer.getInteger("members", 1000), Integer.getInteger("members", 1000)));

    private GroupBenchmark() {}

    /** Prints the figures. */
    public static void main(String[] arguments) throws IOException, ExecutionException, InterruptedException {
        Path folder = Files.createTempDirectory("strikemq-benchmark");
        try (MeasuredProcess broker = MeasuredProcess.broker(folder.resolve("strikemq"));
                Peer kafka = ApacheKafka.start(Home.find().kafkaSettings(), folder.resolve("kafka"))) {
            for (Setup setup : SETUPS) {
                prepare(broker.port(), setup);
                prepare(kafka.port(), setup);
                // The first time is for the JVMs.
                new Side("", broker.port(), setup, "warm").run();
                new Side("", kafka.port(), setup, "warm").run();
                Side ours = new Side("StrikeMQ", broker.port(), setup, "measured");
                Side kafkas = new Side("Apache Kafka", kafka.port(), setup, "measured");
                ours.run();
                kafkas.run();
                System.out.println(setup + ", a topic of " + setup.partitions() + " partitions for each group");
                System.out.println(
                        "                 s to settle   heartbeats until then   ms a heartbeat: p50     p99");
                System.out.println(ours);
                System.out.println(kafkas);
            }
        } finally {
            MeasuredProcess.delete(folder);
        }
    }

    private static void prepare(int port, Setup setup) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", "127.0.0.1:" + port))) {
            admin.createTopics(List.of(new NewTopic(setup.topic(), setup.partitions(), (short) 1)))
                    .all()
                    .get();
            // Kafka creates its topic of groups for who looks for a coordinator.
            admin.listConsumerGroupOffsets("nobody")
                    .partitionsToOffsetAndMetadata()
                    .get();
        }
    }

    /** One of the brokers, and what was measured of it. */
    private static final class Side {
        private static final Duration LIMIT = Duration.ofMinutes(5);

        private final String name;
        private final int port;
        private final Setup setup;
        private final List<GroupMemberDriver> members = new ArrayList<>();
        private final List<Long> heartbeats = new ArrayList<>();
        private double secondsToSettle;
        private long heartbeatsToSettle;

        Side(String name, int port, Setup setup, String prefix) {
            this.name = name;
            this.port = port;
            this.setup = setup;
            for (int member = 0; member < setup.members(); member++) {
                for (int group = 0; group < setup.groups(); group++) {
                    String groupId = prefix + "-" + setup.members() + "-" + group;
                    members.add(new GroupMemberDriver(groupId, "member-" + member, setup.topic()));
                }
            }
        }

        void run() throws IOException {
            try (Wire wire = new Wire(port)) {
                settle(wire);
                for (int round = 0; round < ROUNDS; round++) {
                    for (GroupMemberDriver member : members) {
                        long start = System.nanoTime();
                        member.heartbeat(wire);
                        heartbeats.add(System.nanoTime() - start);
                    }
                }
                for (GroupMemberDriver member : members) {
                    member.leave(wire);
                }
            }
            Collections.sort(heartbeats);
        }

        private void settle(Wire wire) throws IOException {
            long start = System.nanoTime();
            boolean isSettled = false;
            while (!isSettled) {
                isSettled = true;
                for (GroupMemberDriver member : members) {
                    isSettled &= !member.heartbeat(wire);
                    heartbeatsToSettle++;
                }
                int partitions =
                        members.stream().mapToInt(GroupMemberDriver::partitions).sum();
                isSettled &= partitions == setup.groups() * setup.partitions();
                if (System.nanoTime() - start > LIMIT.toNanos()) {
                    throw new IllegalStateException(name + " has not settled: " + partitions + " partitions");
                }
            }
            secondsToSettle = (System.nanoTime() - start) / 1e9;
        }

        private double heartbeat(double share) {
            return heartbeats.get((int) Math.min(heartbeats.size() - 1L, Math.round(share * heartbeats.size()))) / 1e6;
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%-16s %11.2f %23d %21.3f %7.3f",
                    name,
                    secondsToSettle,
                    heartbeatsToSettle,
                    heartbeat(0.5),
                    heartbeat(0.99));
        }
    }
}
