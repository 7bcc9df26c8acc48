package io.strikemq.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What many partitions, connections and groups cost: memory for each, as the difference to before divided by their number,
 * twice, for the first half of them and for the second, which are the same where it is linear; and how long a start takes
 * with records in each partition.
 */
public final class ManyBenchmark {
    private static final int PARTITIONS = Integer.getInteger("partitions", 10_000);
    private static final int CONNECTIONS = Integer.getInteger("connections", 2_000);
    private static final int GROUPS = Integer.getInteger("groups", 500);
    private static final int PARTITIONS_PER_TOPIC = 100;
    private static final int WARM_UP_GROUPS = 200;
    private static final int STARTS = 3;
    private static final String TOPIC = "many-";
    private static final String TOPIC_OF_GROUPS = "of-groups";

    private ManyBenchmark() {}

    /** Does something for the objects from the first number on, until the last. */
    private interface Step {
        void run(int from, int until) throws Exception;
    }

    /** Prints the figures. */
    public static void main(String[] arguments) throws Exception {
        Path data = Files.createTempDirectory("strikemq-benchmark");
        try {
            try (MeasuredProcess broker = MeasuredProcess.broker(data)) {
                memory(broker);
                long start = System.nanoTime();
                broker.stop();
                print("stop", start);
            }
            for (int run = 0; run < STARTS; run++) {
                start(data, "start after a stop").stop();
            }
            start(data, "start after a stop").close();
            start(data, "start after a kill").close();
        } finally {
            MeasuredProcess.delete(data);
        }
    }

    private static MeasuredProcess start(Path data, String what) throws IOException {
        long start = System.nanoTime();
        MeasuredProcess broker = MeasuredProcess.broker(data);
        print(what, start);
        return broker;
    }

    private static void memory(MeasuredProcess broker) throws Exception {
        String address = "127.0.0.1:" + broker.port();
        System.out.println("KB for each, first half and second   heap           own memory");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            // So that classes are loaded and the partitions of the groups' own topic are open.
            create(admin, PARTITIONS, PARTITIONS + 1);
            admin.createTopics(List.of(new NewTopic(TOPIC_OF_GROUPS, 1, (short) 1)))
                    .all()
                    .get();
            produce(address, PARTITIONS, PARTITIONS + PARTITIONS_PER_TOPIC);
            join(admin, broker, GROUPS, GROUPS + WARM_UP_GROUPS);
            inHalves(broker, "a partition that is known", PARTITIONS, (from, until) -> create(admin, from, until));
            inHalves(broker, "its log open, in addition", PARTITIONS, (from, until) -> produce(address, from, until));
            inHalves(broker, "a group, a member, an offset", GROUPS, (from, until) -> join(admin, broker, from, until));
            List<SocketChannel> connections = new ArrayList<>();
            inHalves(broker, "a connection", CONNECTIONS, (from, until) -> {
                for (int i = from; i < until; i++) {
                    connections.add(
                            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port())));
                }
            });
            inHalves(broker, "that has produced, in addition", CONNECTIONS, (from, until) -> {
                for (SocketChannel connection : connections.subList(from, until)) {
                    produceBy(connection);
                }
            });
            for (SocketChannel connection : connections) {
                connection.close();
            }
        }
    }

    private static void inHalves(MeasuredProcess broker, String what, int number, Step step) throws Exception {
        int half = number / 2;
        Memory before = Memory.of(broker);
        long start = System.nanoTime();
        step.run(0, half);
        double seconds = (System.nanoTime() - start) / 1e9;
        Memory between = Memory.of(broker);
        start = System.nanoTime();
        step.run(half, 2 * half);
        seconds += (System.nanoTime() - start) / 1e9;
        Memory after = Memory.of(broker);
        System.out.printf(
                Locale.ROOT,
                "%-32s %6.1f %6.1f   %6.1f %6.1f     %,d in %.1f s%n",
                what,
                (between.heap() - before.heap()) / (double) half,
                (after.heap() - between.heap()) / (double) half,
                (between.own() - before.own()) / (double) half,
                (after.own() - between.own()) / (double) half,
                2 * half,
                seconds);
    }

    private static void create(Admin admin, int from, int until) throws ExecutionException, InterruptedException {
        List<NewTopic> topics = new ArrayList<>();
        for (int i = from; i < until; i += PARTITIONS_PER_TOPIC) {
            topics.add(new NewTopic(TOPIC + i, PARTITIONS_PER_TOPIC, (short) 1));
        }
        admin.createTopics(topics).all().get();
    }

    private static void produce(String address, int from, int until) {
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "batch.size", 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = from; i < until; i++) {
                int partition = i % PARTITIONS_PER_TOPIC;
                producer.send(new ProducerRecord<>(TOPIC + (i - partition), partition, null, new byte[100]));
            }
        }
    }

    private static void produceBy(SocketChannel connection) throws IOException {
        ByteBuffer request = Requests.produce(TOPIC + 0, 1, 100);
        while (request.hasRemaining()) {
            connection.write(request);
        }
        ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
        read(connection, length);
        read(connection, ByteBuffer.allocate(length.getInt(0)));
    }

    private static void read(SocketChannel connection, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (connection.read(into) < 0) {
                throw new IOException("the broker closed a connection");
            }
        }
    }

    /** Commits an offset for each group, and has a member of the consumer protocol join. */
    private static void join(Admin admin, MeasuredProcess broker, int from, int until) throws Exception {
        TopicPartition partition = new TopicPartition(TOPIC_OF_GROUPS, 0);
        for (int i = from; i < until; i++) {
            admin.alterConsumerGroupOffsets("group-" + i, Map.of(partition, new OffsetAndMetadata(1)))
                    .all()
                    .get();
        }
        try (Wire wire = new Wire(broker.port())) {
            for (int i = from; i < until; i++) {
                GroupMemberDriver member = new GroupMemberDriver("group-" + i, "member", TOPIC_OF_GROUPS);
                while (member.heartbeat(wire)) {
                    continue;
                }
            }
        }
    }

    private static void print(String what, long start) {
        System.out.printf(
                Locale.ROOT,
                "%s, with a record in each of %,d partitions: %.2f s%n",
                what,
                PARTITIONS,
                (System.nanoTime() - start) / 1e9);
    }

    /** KB: what is left on the heap after a collection, and what the process has for itself alone. */
    private record Memory(long heap, long own) {
        static Memory of(MeasuredProcess broker) throws IOException, InterruptedException {
            broker.jcmd("GC.run");
            return new Memory(broker.heapKilobytes(), broker.ownKilobytes());
        }
    }
}
