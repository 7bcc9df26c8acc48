package io.strikemq.spring;

import java.util.function.Consumer;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/** Found by Spring through {@code META-INF/spring.factories}: resets a broker before a test, and tells of it after a failure. */
final class StrikeMQTestExecutionListener extends AbstractTestExecutionListener {
    /** For Spring. */
    StrikeMQTestExecutionListener() {}

    @Override
    public void beforeTestMethod(TestContext test) {
        withBroker(test, ContextBroker::beforeTest);
    }

    @Override
    public void afterTestMethod(TestContext test) {
        if (test.getTestException() != null) {
            withBroker(test, broker -> broker.handle().explain(test.getTestException()));
        }
    }

    private static void withBroker(TestContext test, Consumer<ContextBroker> action) {
        if (!test.hasApplicationContext()) {
            return;
        }
        ApplicationContext context = test.getApplicationContext();
        if (context.containsBean(ContextBroker.NAME)) {
            action.accept(context.getBean(ContextBroker.NAME, ContextBroker.class));
        }
    }
}
