package io.strikemq.junit;

import io.strikemq.embedded.StrikeMQ;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Gives the parameters and fields of a class or test what they want, and has JUnit close what has to be closed with it.
 *
 * @param broker the name of the broker that this is for: what wants another one is left to that one's extension
 * @param handle starts the broker if need be
 */
record Injection(ExtensionContext context, Namespace namespace, String broker, Supplier<StrikeMQ> handle) {
    /** Fills the static fields, and those fields of an instance that lasts as long as its class that hold no client. */
    void intoClass() {
        inject(context.getRequiredTestClass(), null, Injection::isStatic);
        context.getTestInstance()
                .ifPresent(instance -> inject(
                        instance.getClass(),
                        instance,
                        field -> !isStatic(field)
                                && ClientKind.of(field.getType()).isEmpty()));
    }

    /** Fills the fields of the test's instance, and of those around it. */
    void intoInstances() {
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            inject(instance.getClass(), instance, field -> !isStatic(field));
        }
    }

    private static boolean isStatic(Field field) {
        return Modifier.isStatic(field.getModifiers());
    }

    private void inject(Class<?> type, Object instance, Predicate<Field> which) {
        List<Field> fields = ReflectionSupport.findFields(type, which, HierarchyTraversalMode.TOP_DOWN);
        for (Field field : fields) {
            Optional<Wanted> wanted =
                    Wanted.by(field).filter(found -> found.broker().equals(broker));
            if (wanted.isPresent()) {
                set(field, instance, value(wanted.get()));
            }
        }
    }

    private static void set(Field field, Object instance, Object value) {
        try {
            field.setAccessible(true);
            field.set(instance, value);
        } catch (IllegalAccessException | RuntimeException e) {
            throw new ExtensionConfigurationException(
                    "Field '" + field + "' cannot be set: it must not be final, and in a module its package must be"
                            + " open to org.junit.platform.commons and io.strikemq.junit",
                    e);
        }
    }

    /**
     * What is wanted.
     *
     * @throws ExtensionConfigurationException when there is no such thing
     */
    Object value(Wanted wanted) {
        Optional<ClientKind> kind = ClientKind.of(wanted.raw());
        if (wanted.isBootstrap()) {
            require(wanted.raw() == String.class, wanted, "@BootstrapServers is for a String");
            return handle.get().bootstrapServers();
        }
        if (wanted.raw() == StrikeMQ.class) {
            require(wanted.client().isEmpty(), wanted, "@KafkaClient is for clients");
            return handle.get();
        }
        require(
                kind.isPresent(),
                wanted,
                "StrikeMQ gives StrikeMQ, String with @BootstrapServers, and of kafka-clients Producer, KafkaProducer,"
                        + " Consumer, KafkaConsumer, Admin and AdminClient");
        return client(kind.get(), wanted);
    }

    private Object client(ClientKind kind, Wanted wanted) {
        StrikeMQ of = handle.get();
        ExtensionContext.Store store = context.getStore(namespace);
        String name = ClientNames.next(context);
        Client client = new Client(KafkaClients.create(kind, wanted, of.bootstrapServers(), name), name);
        store.put(name, client);
        return client.it();
    }

    private static void require(boolean condition, Wanted wanted, String otherwise) {
        if (!condition) {
            throw new ExtensionConfigurationException("There is nothing for " + wanted.what() + ": " + otherwise);
        }
    }

    /** A client in a store of JUnit's, which closes it. */
    private record Client(AutoCloseable it, String name) implements CloseableResource, AutoCloseable {
        @Override
        public void close() {
            KafkaClients.close(it, name);
        }
    }
}
