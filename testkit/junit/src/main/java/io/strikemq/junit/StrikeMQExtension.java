package io.strikemq.junit;

import io.strikemq.embedded.StrikeMQ;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/**
 * Starts and stops the broker of a test. {@link StrikeMQTest} brings it along; as a field it can be told more, and a test
 * can have several:
 *
 * <pre>{@code
 * @RegisterExtension
 * static StrikeMQExtension kafka = StrikeMQExtension.builder()
 *         .setting("auto.create.topics.enable", false)
 *         .topic("orders", 3)
 *         .build();
 * }</pre>
 *
 * <p>In a static field the broker is the class's, in a field of each test it is the test's, unless
 * {@link Builder#scope} says otherwise.
 */
public final class StrikeMQExtension
        implements BeforeAllCallback,
                BeforeEachCallback,
                AfterEachCallback,
                AfterAllCallback,
                InvocationInterceptor,
                ParameterResolver {
    private static final String SOURCE = "source";

    /** What the builder said; null where annotations say it. */
    private final Declaration built;

    private final Namespace namespace;

    /** The brokers of the classes and tests that run now, by the unique ids of these. */
    private final Map<String, RunningBroker> running = new ConcurrentHashMap<>();

    private final ThreadLocal<RunningBroker> ofThread = new ThreadLocal<>();

    /** For {@code @ExtendWith}: what is to be set is taken from {@link StrikeMQTest}, if it is there. */
    public StrikeMQExtension() {
        built = null;
        namespace = Namespace.create(StrikeMQExtension.class);
    }

    private StrikeMQExtension(Declaration built) {
        this.built = built;
        namespace = Namespace.create(StrikeMQExtension.class, new Object());
    }

    /** Begins an extension that is registered by a field. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The broker.
     *
     * @throws IllegalStateException when none is running, or several tests run at once, each with its own, and the
     *     current thread is none of theirs
     */
    public StrikeMQ broker() {
        RunningBroker mine = ofThread.get();
        if (mine != null) {
            return mine.handle();
        }
        RunningBroker[] all = running.values().stream().distinct().toArray(RunningBroker[]::new);
        if (all.length != 1) {
            throw new IllegalStateException(
                    all.length == 0
                            ? "No broker is running: it runs from before the first method of a class or test until after the last"
                            : all.length + " brokers are running, and this thread belongs to none of their tests");
        }
        return all[0].handle();
    }

    /** Where {@link #broker()} listens, as {@code bootstrap.servers} takes it. */
    public String bootstrapServers() {
        return broker().bootstrapServers();
    }

    /** Where the REST API of {@link #broker()} is. */
    public String httpUrl() {
        return broker().httpUrl();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        BrokerSource source = sourceOfClass(context);
        source.prepareClass(context);
        if (source.scope() != BrokerScope.METHOD) {
            running.put(context.getUniqueId(), source.broker(context));
            injection(context).intoClass();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        RunningBroker broker = source(context).broker(context);
        running.put(context.getUniqueId(), broker);
        ofThread.set(broker);
        injection(context).intoInstances();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ofThread.remove();
        RunningBroker broker = running.remove(context.getUniqueId());
        report(context, broker);
        if (broker != null) {
            source(context).afterTest(broker);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        report(context, running.remove(context.getUniqueId()));
    }

    /** The failure of a dynamic test is not one of the method that made it: {@link #afterEach} does not learn of it. */
    @Override
    public void interceptDynamicTest(
            Invocation<Void> invocation, DynamicTestInvocationContext dynamicTest, ExtensionContext context)
            throws Throwable {
        try {
            invocation.proceed();
        } catch (Throwable failure) {
            report(context, failure, around(context));
            throw failure;
        }
    }

    /** The broker of the method that made a dynamic test; null when it has none. */
    private RunningBroker around(ExtensionContext dynamicTest) {
        RunningBroker broker = running.get(dynamicTest.getUniqueId());
        return broker != null
                ? broker
                : dynamicTest.getParent().map(this::around).orElse(null);
    }

    private static void report(ExtensionContext context, RunningBroker broker) {
        report(context, context.getExecutionException().orElse(null), broker);
    }

    /** Tells beside a failure, where build tools and IDEs show it, what the broker saw. */
    private static void report(ExtensionContext context, Throwable failure, RunningBroker broker) {
        if (broker != null && failure != null && !(failure instanceof TestAbortedException)) {
            context.publishReportEntry("strikemq", broker.handle().explain(failure));
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Wanted.by(parameter.getParameter())
                .filter(wanted -> wanted.broker().equals(name()))
                .isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return injection(context).value(Wanted.by(parameter.getParameter()).orElseThrow());
    }

    private Injection injection(ExtensionContext context) {
        return new Injection(
                context,
                namespace,
                name(),
                () -> source(context).broker(context).handle());
    }

    private String name() {
        return built == null ? "" : built.name();
    }

    /** A class that declares a broker has its own; else it is that of the class around it, if there is one. */
    private BrokerSource sourceOfClass(ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(namespace);
        BrokerSource known = store.get(SOURCE, BrokerSource.class);
        if (known != null && known.isOf(context)) {
            return known;
        }
        Optional<Declaration> declared =
                built == null ? Declaration.on(context.getRequiredTestClass()) : Optional.of(built);
        if (built == null && declared.isPresent() || known == null) {
            Declaration declaration = declared.orElse(Declaration.DEFAULTS);
            store.put(
                    SOURCE,
                    new BrokerSource(
                            declaration.withScope(declaration.scope().orElse(BrokerScope.CLASS)), context, namespace));
        }
        return store.get(SOURCE, BrokerSource.class);
    }

    /** Where no class was seen to begin, since the extension belongs to a test's instance or method, it is the test's. */
    private BrokerSource source(ExtensionContext context) {
        if (context.getTestMethod().isEmpty()) {
            // The constructor of an instance that lasts as long as its class is called before the class begins.
            return sourceOfClass(context);
        }
        BrokerSource ofClass = context.getStore(namespace).get(SOURCE, BrokerSource.class);
        if (ofClass != null) {
            return ofClass;
        }
        Declaration declaration = built == null ? Declaration.DEFAULTS : built;
        BrokerScope scope = declaration.scope().orElse(BrokerScope.METHOD);
        if (scope == BrokerScope.CLASS) {
            throw new ExtensionConfigurationException("An extension in a field of each test's instance cannot have a"
                    + " broker for the class: make the field static, or use BrokerScope.METHOD or RUN");
        }
        return new BrokerSource(declaration.withScope(scope), outermost(context), namespace);
    }

    private static ExtensionContext outermost(ExtensionContext context) {
        return context.getParent()
                .filter(parent -> parent.getTestClass().isPresent())
                .map(StrikeMQExtension::outermost)
                .orElse(context);
    }

    /** What the broker of a test shall be like. */
    public static final class Builder {
        private String name = "";
        private Optional<BrokerScope> scope = Optional.empty();
        private boolean resetBeforeEach = true;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final Map<String, DeclaredTopic> topics = new LinkedHashMap<>();

        private Builder() {}

        /** Names the broker, where a test has several: {@link Broker} on parameters and fields tells which is meant. */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /** How long a broker lives. */
        public Builder scope(BrokerScope scope) {
            this.scope = Optional.of(scope);
            return this;
        }

        /** As {@link StrikeMQTest#resetBeforeEach}; true unless it is said. */
        public Builder resetBeforeEach(boolean resetBeforeEach) {
            this.resetBeforeEach = resetBeforeEach;
            return this;
        }

        /** A setting of the broker, by its name in StrikeMQ or Kafka. */
        public Builder setting(String name, Object value) {
            settings.put(Objects.requireNonNull(name, "name"), String.valueOf(value));
            return this;
        }

        /** A topic of one partition that exists before each test. */
        public Builder topic(String name) {
            return topic(name, 1);
        }

        /** A topic that exists before each test. */
        public Builder topic(String name, int partitions) {
            return topic(name, partitions, Map.of());
        }

        /** A topic that exists before each test, with configs by their names in Kafka. */
        public Builder topic(String name, int partitions, Map<String, String> configs) {
            topics.put(name, new DeclaredTopic(name, partitions, configs));
            return this;
        }

        /** The extension, for a field with {@code @RegisterExtension}. */
        public StrikeMQExtension build() {
            return new StrikeMQExtension(new Declaration(
                    name, scope, resetBeforeEach, new LinkedHashMap<>(settings), new LinkedHashMap<>(topics)));
        }
    }
}
