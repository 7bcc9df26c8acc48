package io.strikemq.domain.feature;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The levels of metadata.version and the releases that they belong to.
 *
 * @param name         Kafka's name, as 4.4-IV2
 * @param level        the feature level
 * @param changesWhatIsStored whether its metadata have something that those of the version before lack
 */
public record MetadataVersion(String name, short level, boolean changesWhatIsStored) {
    /** The oldest one that Kafka 4 supports. */
    static final short LOWEST = 7;

    private static final String[] NAMES = {
        "3.3-IV3", "3.4-IV0", "3.5-IV0", "3.5-IV1", "3.5-IV2", "3.6-IV0", "3.6-IV1", "3.6-IV2", "3.7-IV0", "3.7-IV1",
        "3.7-IV2", "3.7-IV3", "3.7-IV4", "3.8-IV0", "3.9-IV0", "4.0-IV0", "4.0-IV1", "4.0-IV2", "4.0-IV3", "4.1-IV0",
        "4.1-IV1", "4.2-IV0", "4.2-IV1", "4.3-IV0", "4.4-IV0", "4.4-IV1", "4.4-IV2"
    };
    private static final List<Integer> CHANGES = List.of(7, 8, 11, 13, 14, 15, 17, 23, 30, 32, 33);

    private static final List<MetadataVersion> ALL = Arrays.stream(NAMES)
            .map(name -> {
                int level = LOWEST + Arrays.asList(NAMES).indexOf(name);
                return new MetadataVersion(name, (short) level, CHANGES.contains(level));
            })
            .toList();

    /** All of them, the oldest first. */
    public static List<MetadataVersion> all() {
        return ALL;
    }

    /** The newest one. */
    public static MetadataVersion latest() {
        return ALL.get(ALL.size() - 1);
    }

    /** What a release has: {@code 4.1} and {@code 4.1.2} mean its last one, {@code 4.1-IV0} just that. */
    public static Optional<MetadataVersion> ofRelease(String release) {
        String twoNumbers =
                release.matches("\\d+\\.\\d+\\.\\d+.*") ? release.replaceFirst("(\\d+\\.\\d+)\\..*", "$1") : release;
        return ALL.stream()
                .filter(version -> version.name.equals(release) || version.name.startsWith(twoNumbers + "-"))
                .reduce((earlier, later) -> later);
    }

    /** The name: what a setting of it says. */
    @Override
    public String toString() {
        return name;
    }

    /** Whether a cluster of the one level may hold metadata that one of the other does not understand. */
    static boolean differ(short oneLevel, short otherLevel) {
        short lower = (short) Math.min(oneLevel, otherLevel);
        short higher = (short) Math.max(oneLevel, otherLevel);
        return ALL.stream()
                .anyMatch(version -> version.level > lower && version.level <= higher && version.changesWhatIsStored);
    }
}
