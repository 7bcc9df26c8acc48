package io.strikemq.application.group;

import io.strikemq.domain.group.consumer.ConsumerGroupEvent;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.RegularExpressions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Finds the topics that groups mean by regular expressions, on a worker: there may be many of both. */
final class TopicSearch {
    private static final Logger LOG = System.getLogger(TopicSearch.class.getName());

    private final RegularExpressions expressions;
    private final Topics topics;
    private final Clock clock;
    private final Executor workers;

    TopicSearch(RegularExpressions expressions, Topics topics, Clock clock, Executor workers) {
        this.expressions = expressions;
        this.topics = topics;
        this.clock = clock;
        this.workers = workers;
    }

    /** Finds out what these mean, and tells whoever asked, on another thread. */
    void resolve(Set<String> regexes, Consumer<ConsumerGroupEvent> asker) {
        try {
            workers.execute(() -> asker.accept(resolved(regexes)));
        } catch (RuntimeException stopping) {
            LOG.log(Level.DEBUG, "Regular expressions are not looked up any more", stopping);
            asker.accept(new ConsumerGroupEvent.ResolvingFailed());
        }
    }

    private ConsumerGroupEvent resolved(Set<String> regexes) {
        try {
            long version = topics.creations();
            long began = clock.wallClockMillis();
            Map<String, Set<String>> found = new HashMap<>();
            Set<String> names = topics.names();
            for (String regex : regexes) {
                Predicate<String> means = expressions.compile(regex);
                Set<String> meant = new TreeSet<>();
                names.stream().filter(means).forEach(meant::add);
                found.put(regex, meant);
            }
            return new ConsumerGroupEvent.TopicsResolved(found, version, began);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "Regular expressions of topics could not be looked up", e);
            return new ConsumerGroupEvent.ResolvingFailed();
        }
    }
}
