package io.strikemq.junit;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Names for clients and their groups that tell which test they are of. */
final class ClientNames {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private ClientNames() {}

    /** A name that was not given before in this run: {@code OrdersTest.placesAnOrder-7}. */
    static String next(ExtensionContext context) {
        String type = context.getRequiredTestClass().getName();
        String test =
                context.getTestMethod().map(method -> "." + method.getName()).orElse("");
        return type.substring(type.lastIndexOf('.') + 1).replace('$', '.') + test + "-" + COUNT.incrementAndGet();
    }
}
