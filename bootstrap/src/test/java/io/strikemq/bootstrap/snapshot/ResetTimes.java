package io.strikemq.bootstrap.snapshot;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;

/** Tells how long resets take: run by hand, with the storage and the number of topics as arguments. */
final class ResetTimes {
    private ResetTimes() {}

    public static void main(String[] arguments) throws Exception {
        String storage = arguments[0];
        int topics = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("strikemq-reset");
        long[] micros = new long[50];
        try (ResettableBroker broker = new ResettableBroker(storage, folder)) {
            for (int round = -1; round < micros.length; round++) {
                try (KafkaProducer<String, String> producer = broker.producer(Map.of())) {
                    for (int topic = 0; topic < topics; topic++) {
                        broker.create("topic" + topic, 3);
                        ResettableBroker.send(producer, "topic" + topic, "value");
                    }
                }
                long begin = System.nanoTime();
                broker.powers().reset().reset();
                long took = (System.nanoTime() - begin) / 1000;
                if (round < 0) {
                    System.out.println("the first: " + took + " µs");
                } else {
                    micros[round] = took;
                }
            }
        }
        Arrays.sort(micros);
        System.out.println(storage + ", " + topics + " topics of 3 partitions: median " + micros[25]
                + " µs, 90 % within " + micros[45] + " µs, at the most " + micros[49] + " µs");
    }
}
