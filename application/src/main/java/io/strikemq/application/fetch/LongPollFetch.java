package io.strikemq.application.fetch;

import io.strikemq.application.partition.Partition;
import io.strikemq.application.partition.Partitions;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fetch.FetchQuery;
import io.strikemq.domain.fetch.FetchResult;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.port.out.Identifiers;
import io.strikemq.domain.record.DownConversion;
import io.strikemq.domain.record.MessageFormat;
import io.strikemq.domain.request.Printable;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.settings.FetchSettings;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * Fetches what is there, and waits for more where that is too little: first the session says what to read, then it is
 * read, and a request that is not satisfied becomes a {@link WaitingFetch}.
 */
public final class LongPollFetch implements FetchRecords {
    private static final Logger LOG = System.getLogger(LongPollFetch.class.getName());

    private final Partitions partitions;
    private final FetchReader reader;
    private final FetchSessions sessions;
    private final Deadlines deadlines;

    public LongPollFetch(
            Partitions partitions,
            DownConversion downConversion,
            FetchSettings settings,
            Identifiers identifiers,
            Clock clock,
            Deadlines deadlines) {
        this.partitions = partitions;
        this.reader = new FetchReader(partitions, downConversion, settings.fetchMaxBytes());
        this.sessions = new FetchSessions(settings.maxSessions(), partitions, identifiers, clock);
        this.deadlines = deadlines;
    }

    @Override
    public CompletionStage<FetchResult> fetch(RequestContext context, FetchQuery query) {
        try {
            FetchPlan plan = sessions.begin(query);
            List<Partition> unopened = reader.unopened(plan.queries());
            if (unopened.isEmpty()) {
                return isConverted(query)
                        ? flattened(partitions.onWorker(() -> readOrWait(context, query, plan)))
                        : readOrWait(context, query, plan);
            }
            return flattened(partitions.whenOpen(unopened, () -> readOrWait(context, query, plan)));
        } catch (BrokerException e) {
            return CompletableFuture.completedFuture(FetchResult.refused(e.error()));
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(context, e));
        }
    }

    @Override
    public List<FetchQuery.PartitionQuery> reads(FetchQuery query) {
        return sessions.reads(query);
    }

    /** Whether records may have to be opened and written anew in an old format, which is slow: workers do it. */
    private static boolean isConverted(FetchQuery query) {
        return query.maxMagic() < MessageFormat.V2;
    }

    /** What comes of a work that ends in an answer to come. */
    private static CompletionStage<FetchResult> flattened(CompletionStage<CompletionStage<FetchResult>> work) {
        CompletableFuture<FetchResult> answer = new CompletableFuture<>();
        work.thenAccept(fetched -> passOn(fetched.toCompletableFuture(), answer))
                .exceptionally(failure -> {
                    answer.completeExceptionally(failure);
                    return null;
                });
        return answer;
    }

    /** The result goes one way, a cancellation the other. */
    private static void passOn(CompletableFuture<FetchResult> fetched, CompletableFuture<FetchResult> answer) {
        fetched.whenComplete((result, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(failure);
            } else if (!answer.complete(result)) {
                result.release();
            }
        });
        answer.whenComplete((result, failure) -> {
            if (answer.isCancelled()) {
                fetched.cancel(false);
            }
        });
    }

    private CompletionStage<FetchResult> readOrWait(RequestContext context, FetchQuery query, FetchPlan plan) {
        try {
            FetchRound round = reader.read(context, query, plan.queries());
            int minBytes = Math.min(query.minBytes(), reader.maxBytes(query));
            if (round.isEnough(minBytes)
                    || query.maxWait().isZero()
                    || query.maxWait().isNegative()) {
                return CompletableFuture.completedFuture(answer(plan, round));
            }
            round.release();
            Executor where = isConverted(query) ? this::onWorker : Runnable::run;
            WaitingFetch waiting = new WaitingFetch(round, minBytes, where, () -> readAgain(context, query, plan));
            return waiting.start(deadlines, query.maxWait());
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(failed(context, e));
        }
    }

    private void onWorker(Runnable task) {
        partitions.onWorker(() -> {
            task.run();
            return null;
        });
    }

    private FetchResult readAgain(RequestContext context, FetchQuery query, FetchPlan plan) {
        try {
            return answer(plan, reader.readAgain(context, query, plan.queries()));
        } catch (RuntimeException e) {
            return failed(context, e);
        }
    }

    private static FetchResult answer(FetchPlan plan, FetchRound round) {
        try {
            return plan.answer(round.results());
        } catch (RuntimeException | Error e) {
            round.release();
            throw e;
        }
    }

    private static FetchResult failed(RequestContext context, RuntimeException bug) {
        LOG.log(Level.ERROR, "A bug: a fetch for client '" + Printable.name(context.clientId()) + "' failed", bug);
        return FetchResult.refused(ErrorCode.UNKNOWN_SERVER_ERROR);
    }
}
