package io.strikemq.spring;

import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/**
 * Starts the broker of a context. Spring keeps contexts by what customizes them: equal annotations mean one context, and
 * so one broker.
 */
record StrikeMQContextCustomizer(EmbeddedStrikeMQ annotation) implements ContextCustomizer {
    private static final String HANDLE = "strikeMQ";

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        ContextBroker broker = ContextBroker.start(annotation, context.getEnvironment(), context);
        DefaultSingletonBeanRegistry beans = (DefaultSingletonBeanRegistry) context.getBeanFactory();
        beans.registerSingleton(ContextBroker.NAME, broker);
        beans.registerSingleton(HANDLE, broker.handle());
        // After the beans that use it, which are destroyed in the reverse order of their creation.
        beans.registerDisposableBean(ContextBroker.NAME, broker::close);
        addProperties(context.getEnvironment(), broker.handle().bootstrapServers());
    }

    /**
     * Where {@code @EmbeddedKafka} puts them: what a test says itself, inline or by {@code @DynamicPropertySource}, counts
     * more, and the application's own files count less.
     */
    private void addProperties(ConfigurableEnvironment environment, String bootstrapServers) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ContextBroker.BROKERS_PROPERTY, bootstrapServers);
        properties.put(annotation.bootstrapServersProperty(), bootstrapServers);
        MapPropertySource source = new MapPropertySource("StrikeMQ", properties);
        MutablePropertySources sources = environment.getPropertySources();
        if (sources.contains(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
            sources.addBefore(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME, source);
        } else {
            sources.addFirst(source);
        }
    }
}
