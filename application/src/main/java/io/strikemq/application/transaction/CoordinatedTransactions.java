package io.strikemq.application.transaction;

import io.strikemq.domain.port.in.WriteTransactionMarkers;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.Deadlines;
import io.strikemq.domain.settings.TransactionSettings;
import io.strikemq.domain.transaction.Transaction;
import io.strikemq.domain.transaction.TransactionEvent;
import io.strikemq.domain.transaction.TransactionVersion;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * All transactions, by transactional id. Callable from any thread; every transaction has a lock of its own, and there is none
 * over all of them.
 *
 * <p>{@link #load} is called once, before the first request, so that no request ever meets a coordinator that loads.
 */
public final class CoordinatedTransactions implements AutoCloseable {
    private final TransactionLog log;
    private final Supplier<TransactionVersion> version;
    private final TransactionSettings settings;
    private final CoordinatorContext context;
    private final MarkerWriting markers;
    private final Sweep timeouts;
    private final Sweep expiry;
    private final Map<String, CoordinatedTransaction> transactions = new ConcurrentHashMap<>();
    private volatile TransactionWatch watch = TransactionWatch.NOBODY;

    /**
     * What the coordinator stands on.
     *
     * @param partitions  where markers are written
     * @param version     the broker's {@code transaction.version}
     * @param producerIds ids that nobody has had; to get one may wait for the disk
     * @param workers     run what takes long
     */
    public record Foundation(
            TransactionLog log,
            WriteTransactionMarkers partitions,
            Supplier<TransactionVersion> version,
            LongSupplier producerIds,
            Executor workers) {}

    public CoordinatedTransactions(
            TransactionSettings settings, Foundation foundation, Clock clock, Deadlines deadlines) {
        this.settings = settings;
        this.log = foundation.log();
        this.version = foundation.version();
        this.markers = new MarkerWriting(foundation.partitions(), log, deadlines);
        this.context = new CoordinatorContext(
                log, foundation.producerIds(), clock, foundation.workers(), markers, this::stored, this::changed);
        this.timeouts = new Sweep(
                settings.abortInterval(),
                clock,
                deadlines,
                () -> foundation.workers().execute(this::abortTimedOut));
        this.expiry = new Sweep(
                settings.removeInterval(),
                clock,
                deadlines,
                () -> foundation.workers().execute(this::forgetUnused));
    }

    /** From now on {@code other}, and nobody else, sees what becomes of transactions. */
    public void watchedBy(TransactionWatch other) {
        watch = other;
    }

    /**
     * Reads all transactions back from the log, and finishes those whose outcome was decided. Whatever the log holds, this
     * returns: what cannot be read is left out, and named in the broker's log.
     */
    public void load() {
        LoadedTransactions loaded = new LoadedTransactions();
        log.replay(loaded);
        loaded.report();
        for (Transaction each : loaded.all()) {
            transactions.put(each.transactionalId(), new CoordinatedTransaction(each, context));
        }
        for (CoordinatedTransaction each : transactions.values()) {
            changed(each);
            each.applyNow(new TransactionEvent.Loaded());
        }
    }

    /** The transaction of this id, if somebody has initialized one. */
    Optional<CoordinatedTransaction> find(String transactionalId) {
        return Optional.ofNullable(transactions.get(transactionalId))
                .filter(found -> !found.now().isUnknown());
    }

    /** The transaction of this id, made up when there is none. May wait for the disk. */
    CoordinatedTransaction findOrCreate(String transactionalId) {
        log.prepare();
        return transactions.computeIfAbsent(
                transactionalId, id -> new CoordinatedTransaction(Transaction.unknown(id), context));
    }

    /** Takes one away that never came to be. */
    void discardIfUnknown(CoordinatedTransaction transaction) {
        transaction.discardIfUnknown();
        forgetIfDead(transaction);
    }

    private void forgetIfDead(CoordinatedTransaction transaction) {
        if (transaction.isDead()) {
            transactions.remove(transaction.id(), transaction);
        }
    }

    /** What is known of all ids as of now, by id. */
    List<Transaction> all() {
        return transactions.values().stream()
                .map(CoordinatedTransaction::now)
                .filter(transaction -> !transaction.isUnknown())
                .sorted(Comparator.comparing(Transaction::transactionalId))
                .toList();
    }

    /** The broker's {@code transaction.version}. */
    TransactionVersion version() {
        return version.get();
    }

    private void changed(CoordinatedTransaction transaction) {
        forgetIfDead(transaction);
        Transaction now = transaction.now();
        timeouts.dueAt(now.timesOutMs());
        expiry.dueAt(now.expiresMs(settings.idExpiration().toMillis()));
    }

    private void stored(Transaction before, TransactionEvent event, Transaction after) {
        watch.stored(before, event, after);
    }

    private void abortTimedOut() {
        try {
            TransactionEvent passed = new TransactionEvent.TimePassed(version());
            transactions.values().forEach(transaction -> transaction.apply(passed));
        } finally {
            timeouts.dueAt(earliest(Transaction::timesOutMs));
        }
    }

    private void forgetUnused() {
        long expirationMs = settings.idExpiration().toMillis();
        try {
            TransactionEvent unused = new TransactionEvent.Unused(expirationMs);
            transactions.values().forEach(transaction -> transaction.applyNow(unused));
        } finally {
            expiry.dueAt(earliest(transaction -> transaction.expiresMs(expirationMs)));
        }
    }

    private long earliest(ToLongFunction<Transaction> dueMs) {
        return transactions.values().stream()
                .map(CoordinatedTransaction::now)
                .mapToLong(dueMs)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The broker stops: no deadline is left, and no marker is written any more. The log keeps all. */
    @Override
    public void close() {
        timeouts.close();
        expiry.close();
        markers.close();
    }
}
