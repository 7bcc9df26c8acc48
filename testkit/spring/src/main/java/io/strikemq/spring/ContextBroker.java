package io.strikemq.spring;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.embedded.Options;
import io.strikemq.embedded.StrikeMQ;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.core.io.support.PropertiesLoaderUtils;
import org.springframework.util.StringUtils;

/** The broker of an application context, and what is to be done with it before and after its tests. */
final class ContextBroker {
    /** The bean's name. */
    static final String NAME = "io.strikemq.spring.contextBroker";
    /** The name that Spring Kafka gave it, as a property of the context and of the system. */
    static final String BROKERS_PROPERTY = "spring.embedded.kafka.brokers";

    private final StrikeMQ handle;
    private final List<String> topics;
    private final EmbeddedStrikeMQ annotation;

    private ContextBroker(StrikeMQ handle, List<String> topics, EmbeddedStrikeMQ annotation) {
        this.handle = handle;
        this.topics = topics;
        this.annotation = annotation;
    }

    /** Starts it, with its topics. */
    static ContextBroker start(EmbeddedStrikeMQ annotation, Environment environment, ResourceLoader resources) {
        List<String> topics = Stream.of(annotation.topics())
                .map(environment::resolveRequiredPlaceholders)
                .flatMap(names -> Stream.of(StringUtils.commaDelimitedListToStringArray(names)))
                .map(String::trim)
                .toList();
        Options options = options(annotation, environment, resources);
        for (String topic : topics) {
            options = options.topic(topic, annotation.partitions());
        }
        StrikeMQ handle = options.start();
        System.setProperty(BROKERS_PROPERTY, handle.bootstrapServers());
        return new ContextBroker(handle, topics, annotation);
    }

    private static Options options(EmbeddedStrikeMQ annotation, Environment environment, ResourceLoader resources) {
        Options options = StrikeMQ.options().setting("num.partitions", annotation.partitions());
        for (int port : annotation.ports()) {
            options = options.port(port);
        }
        String location = environment.resolveRequiredPlaceholders(annotation.brokerPropertiesLocation());
        if (!location.isBlank()) {
            options = withAll(options, load(location, resources), environment);
        }
        return withAll(options, given(annotation.brokerProperties()), environment);
    }

    private static Properties given(String... pairs) {
        Properties properties = new Properties();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("A broker property is written name=value, but this is: " + pair);
            }
            properties.setProperty(
                    pair.substring(0, equals).trim(), pair.substring(equals + 1).trim());
        }
        return properties;
    }

    private static Properties load(String location, ResourceLoader resources) {
        try {
            return PropertiesLoaderUtils.loadProperties(resources.getResource(location));
        } catch (IOException e) {
            throw new UncheckedIOException("The broker's properties cannot be read from " + location, e);
        }
    }

    private static Options withAll(Options options, Properties properties, Environment environment) {
        Options all = options;
        for (String name : properties.stringPropertyNames()) {
            all = all.setting(name, environment.resolveRequiredPlaceholders(properties.getProperty(name)));
        }
        return all;
    }

    StrikeMQ handle() {
        return handle;
    }

    /** Makes the broker ready for the next test. */
    void beforeTest() {
        if (annotation.resetBeforeEach()) {
            handle.reset();
            topics.forEach(this::ensure);
        }
    }

    /** A client of the context may have asked for the topic since the reset, and so have had it created as we would. */
    private void ensure(String topic) {
        try {
            handle.createTopic(topic, annotation.partitions());
        } catch (BrokerException e) {
            if (e.error() != ErrorCode.TOPIC_ALREADY_EXISTS) {
                throw e;
            }
        }
    }

    void close() {
        // Another context's, if that was started later.
        System.getProperties().remove(BROKERS_PROPERTY, handle.bootstrapServers());
        handle.close();
    }
}
