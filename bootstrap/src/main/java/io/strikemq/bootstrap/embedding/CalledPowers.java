package io.strikemq.bootstrap.embedding;

import io.strikemq.domain.port.in.AwaitState;
import io.strikemq.domain.port.in.Powers;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** A broker's powers as the embedder has them: each call is one of its {@link BrokerCalls}. */
final class CalledPowers {
    private CalledPowers() {}

    /** As many ports as the record has, all of them interfaces. */
    static Powers of(Powers powers, BrokerCalls calls) {
        try {
            List<Class<?>> types = new ArrayList<>();
            List<Object> ports = new ArrayList<>();
            for (RecordComponent component : Powers.class.getRecordComponents()) {
                types.add(component.getType());
                ports.add(called(component.getType(), component.getAccessor().invoke(powers), calls));
            }
            return Powers.class
                    .getDeclaredConstructor(types.toArray(Class<?>[]::new))
                    .newInstance(ports.toArray());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the powers are a record of ports", e);
        }
    }

    private static Object called(Class<?> port, Object power, BrokerCalls calls) {
        return Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                // Its equal is the one that the caller has, and not what is behind it.
                return method.getName().equals("equals") ? proxy == arguments[0] : method.invoke(power, arguments);
            }
            Callable<Object> work = invocation(power, method, arguments);
            Object result = port == AwaitState.class ? calls.callInterruptibly(work) : calls.call(work);
            return isPort(method.getReturnType()) ? called(method.getReturnType(), result, calls) : result;
        });
    }

    /** Whether calls of what was returned go to the broker too, as those of an export do; records only tell something. */
    private static boolean isPort(Class<?> type) {
        return type.isInterface() && !type.isSealed() && type.getName().startsWith("io.strikemq.");
    }

    private static Callable<Object> invocation(Object power, Method method, Object... arguments) {
        return () -> {
            try {
                return method.invoke(power, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw (Exception) e.getCause();
            }
        };
    }
}
