package io.strikemq.domain.fault;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultRule.Moment;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.SeenRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which requests a {@link FaultRule} is about: those for which all that is said holds. Immutable: each method returns another
 * match. It ends with what shall befall them, as {@link #answer} or {@link #delay(Duration)}.
 *
 * @param apis          Kafka's names of them, such as {@code Produce}; empty for all
 * @param lowestVersion of the API
 * @param group         null for any, as the others
 * @param partition     of the topic, or of any topic; {@link NamedRow#NO_PARTITION} for any
 * @param principal     as {@code User:ANONYMOUS}
 */
public record FaultMatch(
        Set<String> apis,
        int lowestVersion,
        int highestVersion,
        String topic,
        int partition,
        String group,
        String transactionalId,
        String clientId,
        String principal) {
    /** No version is higher. */
    public static final int ANY_VERSION = Short.MAX_VALUE;

    static final FaultMatch ALL =
            new FaultMatch(Set.of(), 0, ANY_VERSION, null, NamedRow.NO_PARTITION, null, null, null, null);

    public FaultMatch {
        apis = Collections.unmodifiableSet(new LinkedHashSet<>(apis));
    }

    /** Requests of these versions alone. */
    public FaultMatch versions(int lowest, int highest) {
        return new FaultMatch(apis, lowest, highest, topic, partition, group, transactionalId, clientId, principal);
    }

    /** Requests that name this topic, or read it in their fetch session. */
    public FaultMatch topic(String name) {
        return new FaultMatch(
                apis, lowestVersion, highestVersion, name, partition, group, transactionalId, clientId, principal);
    }

    /** Requests that name this partition. */
    public FaultMatch partition(int number) {
        return new FaultMatch(
                apis, lowestVersion, highestVersion, topic, number, group, transactionalId, clientId, principal);
    }

    /** Requests that name this group. */
    public FaultMatch group(String id) {
        return new FaultMatch(
                apis, lowestVersion, highestVersion, topic, partition, id, transactionalId, clientId, principal);
    }

    /** Requests that name this transactional id. */
    public FaultMatch transactionalId(String id) {
        return new FaultMatch(apis, lowestVersion, highestVersion, topic, partition, group, id, clientId, principal);
    }

    /** Requests of a client that calls itself so. */
    public FaultMatch clientId(String id) {
        return new FaultMatch(
                apis, lowestVersion, highestVersion, topic, partition, group, transactionalId, id, principal);
    }

    /** Requests of this principal, as {@code User:ANONYMOUS}. */
    public FaultMatch principal(String name) {
        return new FaultMatch(
                apis, lowestVersion, highestVersion, topic, partition, group, transactionalId, clientId, name);
    }

    /**
     * They are answered with this error, and not done: in the rows of what matches, where the answer has rows, and else as a whole. What
     * the request asks for beside that is done.
     */
    public FaultRule answer(ErrorCode error) {
        return FaultRule.of(this, Moment.BEFORE_HANDLING, new FaultAction.Answer(error));
    }

    /** Their answer comes so much later. */
    public FaultRule delay(Duration time) {
        return after(new FaultAction.Delay(time, time, 0));
    }

    /** Their answer comes later, by a time between both that the seed decides. */
    public FaultRule delay(Duration least, Duration most, long seed) {
        return after(new FaultAction.Delay(least, most, seed));
    }

    /** They are done, and never answered; nothing more is answered on their connection, which stays open. */
    public FaultRule withhold() {
        return after(new FaultAction.Withhold());
    }

    /** They are done, and instead of an answer their connection is closed. */
    public FaultRule close() {
        return after(new FaultAction.Close());
    }

    /** They are done, and instead of an answer their connection is reset. */
    public FaultRule reset() {
        return after(new FaultAction.Reset());
    }

    /** The records that they fetch have a wrong bit, so that their CRC is wrong. */
    public FaultRule corruptRecords() {
        return after(new FaultAction.CorruptRecords());
    }

    /** Their answer tells the client to send nothing for so long. */
    public FaultRule throttle(Duration time) {
        return after(new FaultAction.Throttle(time));
    }

    /** Their answer comes so slowly. */
    public FaultRule slow(int bytesPerSecond) {
        return after(new FaultAction.Slow(bytesPerSecond));
    }

    private FaultRule after(FaultAction action) {
        return FaultRule.of(this, Moment.AFTER_HANDLING, action);
    }

    /** Whether it is about this request. */
    public boolean matches(SeenRequest request) {
        return matchesCaller(request)
                && (isAboutTheWhole() || request.names().stream().anyMatch(this::matches));
    }

    /** Whether it is about this row of a request of which it {@link #matches} the rest. */
    public boolean matches(NamedRow row) {
        return (topic == null || topic.equals(row.topic()))
                && (partition == NamedRow.NO_PARTITION || partition == row.partition())
                && (group == null || group.equals(row.group()))
                && (transactionalId == null || transactionalId.equals(row.transactionalId()));
    }

    private boolean matchesCaller(SeenRequest request) {
        return (apis.isEmpty() || apis.contains(request.api()))
                && request.version() >= lowestVersion
                && request.version() <= highestVersion
                && (clientId == null || clientId.equals(request.context().clientId()))
                && (principal == null || principal.equals(request.context().principal()));
    }

    /** Whether it asks for nothing that a request names, and so is about requests as a whole. */
    public boolean isAboutTheWhole() {
        return topic == null && partition == NamedRow.NO_PARTITION && group == null && transactionalId == null;
    }
}
