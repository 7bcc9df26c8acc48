package io.strikemq.embedded;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a broker shall be like. Immutable: each method returns new options, so that some may be kept and added to.
 * {@link StrikeMQ#options()} is where they begin.
 */
public final class Options {
    static final Options NONE = new Options(Map.of(), List.of());

    private final Map<String, String> settings;
    private final List<Topic> topics;

    private Options(Map<String, String> settings, List<Topic> topics) {
        this.settings = Map.copyOf(settings);
        this.topics = List.copyOf(topics);
    }

    /** A topic to be created at the start; -1 partitions are the broker's default. */
    record Topic(String name, int partitions, Map<String, String> configs) {
        Topic {
            Objects.requireNonNull(name, "name");
            configs = Map.copyOf(configs);
        }
    }

    /**
     * Sets what could be set by a file or the command line: by our name ({@code num_partitions}) or Kafka's
     * ({@code num.partitions}, {@code group.initial.rebalance.delay.ms}, {@code log.retention.ms} …). A later value for the same name wins; wrong ones are
     * refused when the broker starts.
     *
     * @param value its {@code toString()} counts
     */
    public Options setting(String name, Object value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(Objects.requireNonNull(name, "name"), value.toString());
        return new Options(more, topics);
    }

    /** Several settings at once. */
    public Options settings(Map<String, ?> more) {
        Options all = this;
        for (Map.Entry<String, ?> setting : more.entrySet()) {
            all = all.setting(setting.getKey(), setting.getValue());
        }
        return all;
    }

    /** Keeps everything in files of that directory, which is made if need be: what is there is there again. */
    public Options logDirectory(Path directory) {
        return setting("log_dir", directory.toAbsolutePath()).setting("storage", "mmap");
    }

    /** The port of the Kafka protocol instead of a free one. */
    public Options port(int port) {
        return setting("port", port);
    }

    /** Creates the topic before the start returns, with as many partitions as the broker gives one by default. */
    public Options topic(String name) {
        return topic(name, -1, Map.of());
    }

    /** Creates the topic before the start returns. */
    public Options topic(String name, int partitions) {
        return topic(name, partitions, Map.of());
    }

    /**
     * Creates the topic before the start returns, unless it is in the {@link #logDirectory} from the last time: then it
     * stays as it is. A later topic of the same name takes the place of an earlier one.
     *
     * @param configs by Kafka's names
     */
    public Options topic(String name, int partitions, Map<String, String> configs) {
        Topic added = new Topic(name, partitions, configs);
        List<Topic> more = new ArrayList<>(topics);
        more.removeIf(topic -> topic.name().equals(name));
        more.add(added);
        return new Options(settings, more);
    }

    /** Starts a broker with these options. */
    public StrikeMQ start() {
        return StrikeMQ.start(this);
    }

    Map<String, String> settings() {
        return settings;
    }

    List<Topic> topics() {
        return topics;
    }
}
