package io.strikemq.junit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * From where the tests of a class, and of those nested in it, get their broker. The broker is started when the first of
 * them asks, and kept in that store of JUnit's that ends when the broker has to.
 */
final class BrokerSource {
    /** Brokers that last for the run are shared by all extensions. */
    private static final Namespace RUN = Namespace.create(BrokerSource.class);

    private final Declaration declaration;
    private final ExtensionContext owner;
    private final Namespace namespace;

    /**
     * @param declaration with a scope
     * @param owner the class that it is declared for
     */
    BrokerSource(Declaration declaration, ExtensionContext owner, Namespace namespace) {
        this.declaration = declaration;
        this.owner = owner;
        this.namespace = namespace;
    }

    /** Whether it was declared for that class itself, and not for one around it. */
    boolean isOf(ExtensionContext context) {
        return owner.getUniqueId().equals(context.getUniqueId());
    }

    BrokerScope scope() {
        return declaration.scope().orElseThrow();
    }

    /**
     * The broker for a class or a test. For a test it is ready when this returns: reset if need be, with its topics, and
     * no other test will be in it if that was asked for.
     */
    RunningBroker broker(ExtensionContext context) {
        RunningBroker broker = running(context);
        if (context.getTestMethod().isPresent()) {
            context.getStore(namespace)
                    .getOrComputeIfAbsent(
                            "ready " + context.getUniqueId(), key -> new Ready(broker, context), Ready.class);
        }
        return broker;
    }

    private RunningBroker running(ExtensionContext context) {
        switch (scope()) {
            case METHOD -> {
                if (context.getTestMethod().isEmpty()) {
                    throw new ExtensionConfigurationException("Each test method has a broker of its own here, so that"
                            + " there is none for " + context.getDisplayName() + " as a whole: constructors, static"
                            + " fields and methods before or after all need BrokerScope.CLASS or RUN.");
                }
                return running(context, namespace, new Turn());
            }
            case CLASS -> {
                return running(owner, namespace, new Turn());
            }
            default -> {
                return RunStore.of(context, RUN)
                        .getOrComputeIfAbsent(
                                declaration.settings(),
                                settings -> RunningBroker.start(declaration.settings(), turnOfRun(context)),
                                RunningBroker.class);
            }
        }
    }

    private RunningBroker running(ExtensionContext of, Namespace namespace, Turn turn) {
        return of.getStore(namespace)
                .getOrComputeIfAbsent(
                        "broker " + of.getUniqueId(),
                        key -> RunningBroker.start(declaration.settings(), turn),
                        RunningBroker.class);
    }

    /** One for all brokers of the run: two tests that use the same two could else wait for each other. */
    private static Turn turnOfRun(ExtensionContext context) {
        return RunStore.of(context, RUN).getOrComputeIfAbsent(Turn.class, key -> new Turn(), Turn.class);
    }

    /** Ends what a test did to a broker that no other test uses now, so that its clients can be closed. */
    void afterTest(RunningBroker broker) {
        if (scope() == BrokerScope.METHOD || declaration.resetBeforeEach()) {
            broker.removeFaults();
        }
    }

    /** Creates the topics of a class, so that what runs before all its tests finds them. */
    void prepareClass(ExtensionContext context) {
        if (scope() != BrokerScope.METHOD) {
            broker(context).ensure(topics(context).values());
        }
    }

    /** What is declared for a class or test, from the owner inwards. */
    private Map<String, DeclaredTopic> topics(ExtensionContext context) {
        Map<String, DeclaredTopic> topics = new LinkedHashMap<>(declaration.topics());
        addAnnotated(context, topics);
        return topics;
    }

    private void addAnnotated(ExtensionContext context, Map<String, DeclaredTopic> topics) {
        if (!context.getUniqueId().equals(owner.getUniqueId())) {
            context.getParent().ifPresent(parent -> addAnnotated(parent, topics));
        }
        context.getElement()
                .ifPresent(element -> AnnotationSupport.findRepeatableAnnotations(element, Topic.class)
                        .forEach(topic -> topics.put(topic.name(), DeclaredTopic.of(topic))));
    }

    /** A broker made ready for a test, until the test's clients are closed: JUnit closes last what it was given first. */
    private final class Ready implements CloseableResource, AutoCloseable {
        private Turn taken;

        Ready(RunningBroker broker, ExtensionContext test) {
            try {
                if (scope() != BrokerScope.METHOD && declaration.resetBeforeEach()) {
                    broker.turn().take(test.getUniqueId());
                    taken = broker.turn();
                    broker.reset(topics(test).values());
                } else {
                    broker.ensure(topics(test).values());
                }
            } catch (RuntimeException | Error e) {
                // JUnit has nothing to close then, and the next test would wait for ever.
                close();
                throw e;
            }
        }

        @Override
        public void close() {
            if (taken != null) {
                taken.release();
                taken = null;
            }
        }
    }
}
