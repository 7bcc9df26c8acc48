package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

/** How a call ends, seen from the network's side. */
class ExchangeTest {
    private static final String ATTRIBUTE = Exchange.class.getName();

    private final Request request = mock();
    private final Response response = mock();
    private final MemoryBudget budget = new MemoryBudget(1 << 20);
    private final List<String> ends = new ArrayList<>();
    private Exchange exchange;

    @BeforeEach
    void beginACall() {
        Components components = mock();
        Scheduler scheduler = mock();
        when(scheduler.schedule(any(), eq(20_000L), any())).thenReturn(() -> true);
        when(components.getScheduler()).thenReturn(scheduler);
        when(request.getComponents()).thenReturn(components);
        when(response.getHeaders()).thenReturn(HttpFields.build());
        RestLimits limits = RestFixture.limits(1 << 20, 1 << 20, Duration.ofSeconds(20));
        Callback whenOver = Callback.from(() -> ends.add("answered"), failure -> ends.add("failed"));
        exchange = new Exchange(request, response, whenOver, limits, budget);
        verify(request).setAttribute(ATTRIBUTE, exchange);
        exchange.memory().take(1000);
        exchange.answerWith(ByteBuffer.allocate(1000));
        exchange.succeeded();
    }

    @Test
    void whenTheAnswerWasSentNothingOfItHangsOnTheConnection() {
        sending().succeeded();
        assertNothingIsHeld();
        assertEquals(List.of("answered"), ends);
    }

    @Test
    void norWhenTheClientWasGone() {
        sending().failed(new IOException("a test's reset"));
        assertNothingIsHeld();
        assertEquals(List.of("failed"), ends);
    }

    /** A connection that Jetty has yet to close keeps its request, and so whatever is an attribute of it. */
    private void assertNothingIsHeld() {
        verify(request).removeAttribute(ATTRIBUTE);
        assertEquals(0, budget.used());
        assertThrows(Refusal.class, () -> exchange.memory().take(1), "the call is over");
    }

    private Callback sending() {
        ArgumentCaptor<Callback> callback = ArgumentCaptor.forClass(Callback.class);
        verify(response).write(anyBoolean(), any(), callback.capture());
        return callback.getValue();
    }
}
