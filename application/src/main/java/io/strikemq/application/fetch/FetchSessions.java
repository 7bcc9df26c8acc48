package io.strikemq.application.fetch;

import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchQuery.Naming;
import io.strikemq.domain.fetch.FetchQuery.PartitionQuery;
import io.strikemq.domain.fetch.FetchQuery.SessionRef;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.fetch.PartitionFetched;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Identifiers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fetch sessions (KIP-227), a limited number of them. When all places are taken, a new session gets the place of
 * one that was not used for two minutes, or else that of the smallest older than two minutes, if it is smaller; or else
 * none, and its consumer goes on with full requests.
 *
 * <p>Thread-safe: one lock, held only while lists of partitions are compared.
 */
final class FetchSessions {
    /** Kafka's minimum age of sessions that must give way. */
    private static final Duration PROTECTED_AGE = Duration.ofMinutes(2);

    private static final int NO_SESSION = 0;

    private final int maxSessions;
    private final Partitions topics;
    private final Identifiers identifiers;
    private final Clock clock;

    /** Guarded by this, as what is in it; the one that was not used for the longest time comes first. */
    private final Map<Integer, FetchSession> sessions = new LinkedHashMap<>();

    FetchSessions(int maxSessions, Partitions topics, Identifiers identifiers, Clock clock) {
        this.maxSessions = maxSessions;
        this.topics = topics;
        this.identifiers = identifiers;
        this.clock = clock;
    }

    /**
     * Finds out what a request reads.
     *
     * @throws BrokerException FETCH_SESSION_ID_NOT_FOUND, INVALID_FETCH_SESSION_EPOCH or FETCH_SESSION_TOPIC_ID_ERROR
     */
    synchronized FetchPlan begin(FetchQuery query) {
        SessionRef ref = query.session();
        if (ref.epoch() != SessionRef.INITIAL_EPOCH && ref.epoch() != SessionRef.FINAL_EPOCH) {
            return goOn(query);
        }
        sessions.remove(ref.id());
        return ref.epoch() == SessionRef.FINAL_EPOCH
                ? new Sessionless(PartitionKey.eachOnce(query.partitions()))
                : new NewSession(ref.naming(), PartitionKey.eachOnce(query.partitions()));
    }

    /** What a request would read, without any change to its session. */
    synchronized List<PartitionQuery> reads(FetchQuery query) {
        SessionRef ref = query.session();
        FetchSession session = sessions.get(ref.id());
        boolean goesOn = ref.epoch() != SessionRef.INITIAL_EPOCH && ref.epoch() != SessionRef.FINAL_EPOCH;
        if (!goesOn || session == null || session.naming() != ref.naming()) {
            return PartitionKey.eachOnce(query.partitions());
        }
        return session.queriesWith(query);
    }

    private FetchPlan goOn(FetchQuery query) {
        SessionRef ref = query.session();
        FetchSession session = sessions.get(ref.id());
        if (session == null) {
            throw new BrokerException(
                    ErrorCode.FETCH_SESSION_ID_NOT_FOUND, "There is no fetch session " + ref.id() + ".");
        }
        if (session.epoch() != ref.epoch()) {
            throw new BrokerException(
                    ErrorCode.INVALID_FETCH_SESSION_EPOCH,
                    "Fetch session " + ref.id() + " expects epoch " + session.epoch() + ", not " + ref.epoch() + ".");
        }
        if (session.naming() != ref.naming()) {
            throw new BrokerException(
                    ErrorCode.FETCH_SESSION_TOPIC_ID_ERROR,
                    "Fetch session " + ref.id() + " names topics by name or by id, not by both.");
        }
        session.update(query);
        sessions.remove(session.id());
        if (session.isEmpty()) {
            return new Sessionless(PartitionKey.eachOnce(query.partitions()));
        }
        session.used(clock.monotonicNanos());
        sessions.put(session.id(), session);
        return new Incremental(session, session.epoch(), session.queries());
    }

    /** How many sessions there are. */
    synchronized int size() {
        return sessions.size();
    }

    private synchronized int create(Naming naming, List<PartitionQuery> queries, List<PartitionFetched> results) {
        long now = clock.monotonicNanos();
        if (sessions.size() >= maxSessions && !makeRoom(queries.size(), now)) {
            return NO_SESSION;
        }
        int id = identifiers.newPositiveInt();
        while (sessions.containsKey(id)) {
            id = identifiers.newPositiveInt();
        }
        FetchSession session = new FetchSession(id, naming, now, topics);
        session.begin(queries, results);
        session.used(now);
        sessions.put(id, session);
        return id;
    }

    private boolean makeRoom(int newSize, long now) {
        if (sessions.isEmpty()) {
            return false;
        }
        FetchSession stalest = sessions.values().iterator().next();
        if (now - stalest.lastUsedNanos() > PROTECTED_AGE.toNanos()) {
            return sessions.remove(stalest.id()) != null;
        }
        FetchSession smallest = null;
        for (FetchSession session : sessions.values()) {
            boolean isProtected = session.lastUsedNanos() - session.createdNanos() <= PROTECTED_AGE.toNanos();
            int limit = smallest == null ? newSize : smallest.sizeWhenLastUsed();
            if (!isProtected && session.sizeWhenLastUsed() < limit) {
                smallest = session;
            }
        }
        return smallest != null && sessions.remove(smallest.id()) != null;
    }

    private synchronized FetchResult answerIncrementally(
            FetchSession session, int epoch, List<PartitionFetched> results) {
        if (session.epoch() != epoch) {
            results.forEach(result -> result.records().release());
            return new FetchResult(ErrorCode.INVALID_FETCH_SESSION_EPOCH, session.id(), List.of());
        }
        return new FetchResult(ErrorCode.NONE, session.id(), session.news(results));
    }

    /** A request that wants no session, or ends one. */
    private record Sessionless(List<PartitionQuery> queries) implements FetchPlan {
        @Override
        public FetchResult answer(List<PartitionFetched> results) {
            return new FetchResult(ErrorCode.NONE, NO_SESSION, results);
        }
    }

    /** A full request that asks for a session. */
    private final class NewSession implements FetchPlan {
        private final Naming naming;
        private final List<PartitionQuery> queries;

        NewSession(Naming naming, List<PartitionQuery> queries) {
            this.naming = naming;
            this.queries = queries;
        }

        @Override
        public List<PartitionQuery> queries() {
            return queries;
        }

        @Override
        public FetchResult answer(List<PartitionFetched> results) {
            return new FetchResult(ErrorCode.NONE, create(naming, queries, results), results);
        }
    }

    /** A request within a session; its answer leaves out what is no news, and so has no records. */
    private final class Incremental implements FetchPlan {
        private final FetchSession session;
        private final int epoch;
        private final List<PartitionQuery> queries;

        Incremental(FetchSession session, int epoch, List<PartitionQuery> queries) {
            this.session = session;
            this.epoch = epoch;
            this.queries = queries;
        }

        @Override
        public List<PartitionQuery> queries() {
            return queries;
        }

        @Override
        public FetchResult answer(List<PartitionFetched> results) {
            return answerIncrementally(session, epoch, results);
        }
    }
}
