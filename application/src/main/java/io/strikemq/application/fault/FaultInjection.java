package io.strikemq.application.fault;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.fault.FaultInjector;
import io.strikemq.domain.fault.FaultRule;
import io.strikemq.domain.fault.FaultStatus;
import io.strikemq.domain.fault.FaultableApi;
import io.strikemq.domain.fault.InjectedFaults;
import io.strikemq.domain.intercept.Interceptors;
import io.strikemq.domain.intercept.SeenRequest;
import io.strikemq.domain.port.in.InjectFaults;
import io.strikemq.domain.port.out.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Keeps the rules, and asks each of them about each request. Requests are looked at only while some rule may still hit one.
 *
 * <p>Rules are read without a lock. Adding and removing takes one.
 */
public final class FaultInjection implements InjectFaults, FaultInjector {
    private final Interceptors interceptors;
    private final FaultRuleCheck check;
    private final Clock clock;
    private volatile List<LiveFault> faults = List.of();
    private long lastId;

    /** @param apis that are served, asked for whenever a rule is added */
    public FaultInjection(Interceptors interceptors, Supplier<List<FaultableApi>> apis, Clock clock) {
        this.interceptors = interceptors;
        this.check = new FaultRuleCheck(apis);
        this.clock = clock;
    }

    @Override
    public synchronized long add(FaultRule rule) {
        check.check(rule);
        if (faults.size() >= MOST_RULES) {
            throw new BrokerException(
                    ErrorCode.POLICY_VIOLATION,
                    "there are " + MOST_RULES + " fault rules, spent ones too, which are the most; remove some first");
        }
        List<LiveFault> more = new ArrayList<>(faults);
        more.add(new LiveFault(++lastId, rule));
        become(more);
        return lastId;
    }

    @Override
    public List<FaultStatus> list() {
        Instant now = now();
        return faults.stream().map(fault -> fault.status(now)).toList();
    }

    @Override
    public Optional<FaultStatus> find(long id) {
        return faults.stream()
                .filter(fault -> fault.id() == id)
                .map(fault -> fault.status(now()))
                .findFirst();
    }

    @Override
    public synchronized boolean remove(long id) {
        List<LiveFault> rest = faults.stream().filter(fault -> fault.id() != id).toList();
        boolean isRemoved = rest.size() < faults.size();
        become(rest);
        return isRemoved;
    }

    @Override
    public synchronized int removeAll() {
        int count = faults.size();
        become(List.of());
        return count;
    }

    private void become(List<LiveFault> rules) {
        faults = List.copyOf(rules);
        lookOnIfNeeded();
    }

    private synchronized void lookOnIfNeeded() {
        Instant now = now();
        interceptors.inject(faults.stream().anyMatch(fault -> fault.isLive(now)) ? this : null);
    }

    @Override
    public InjectedFaults faults(SeenRequest request) {
        Instant now = now();
        InjectedFaults befalling = InjectedFaults.NONE;
        boolean areSpent = true;
        for (LiveFault fault : faults) {
            long number = fault.hit(request, now);
            if (number > 0) {
                befalling = befalling.with(fault.rule(), number);
            }
            areSpent &= !fault.isLive(now);
        }
        if (areSpent) {
            lookOnIfNeeded();
        }
        return befalling;
    }

    private Instant now() {
        return Instant.ofEpochMilli(clock.wallClockMillis());
    }
}
