package io.strikemq.spring;

import java.util.List;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;

/** Found by Spring through {@code META-INF/spring.factories}: sees to tests that have {@link EmbeddedStrikeMQ}. */
final class StrikeMQContextCustomizerFactory implements ContextCustomizerFactory {
    /** For Spring. */
    StrikeMQContextCustomizerFactory() {}

    @Override
    public ContextCustomizer createContextCustomizer(
            Class<?> testClass, List<ContextConfigurationAttributes> configurations) {
        EmbeddedStrikeMQ annotation =
                TestContextAnnotationUtils.findMergedAnnotation(testClass, EmbeddedStrikeMQ.class);
        return annotation == null ? null : new StrikeMQContextCustomizer(annotation);
    }
}
