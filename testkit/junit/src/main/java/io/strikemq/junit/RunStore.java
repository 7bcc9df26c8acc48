package io.strikemq.junit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.JUnitException;

/**
 * Where things are kept that last for the whole run. From JUnit 5.13 on that is the launcher's session, in which a build
 * tool may run several plans, such as that of the tests that failed and are tried again; before, it is the plan.
 */
final class RunStore {
    private static final String SCOPES = "org.junit.jupiter.api.extension.ExtensionContext$StoreScope";

    private RunStore() {}

    static Store of(ExtensionContext context, Namespace namespace) {
        return Stream.of(ExtensionContext.class.getMethods())
                .filter(method -> method.getName().equals("getStore") && method.getParameterCount() == 2)
                .filter(method -> method.getParameterTypes()[0].getName().equals(SCOPES))
                .findFirst()
                .map(method -> ofSession(method, context, namespace))
                .orElseGet(() -> context.getRoot().getStore(namespace));
    }

    private static Store ofSession(Method getStore, ExtensionContext context, Namespace namespace) {
        Object session = Stream.of(getStore.getParameterTypes()[0].getEnumConstants())
                .filter(scope -> scope.toString().equals("LAUNCHER_SESSION"))
                .findFirst()
                .orElseThrow();
        try {
            return (Store) getStore.invoke(context, session, namespace);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new JUnitException("JUnit's store of the launcher session cannot be had", e);
        }
    }
}
