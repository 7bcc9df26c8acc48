package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what the ports promise: with local storage it is there at once. */
final class Completion {
    /** As long as Kafka's clients wait for an answer by default. */
    static final long TIMEOUT_SECONDS = 30;

    private Completion() {}

    static <T> T await(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            stage.toCompletableFuture().cancel(false);
            throw new BrokerException(
                    ErrorCode.REQUEST_TIMED_OUT, "the broker did not finish within " + TIMEOUT_SECONDS + " seconds", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException(ErrorCode.BROKER_NOT_AVAILABLE, "the broker is stopping", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BrokerException refused) {
                throw refused;
            }
            throw new IllegalStateException("a port failed", e.getCause());
        }
    }
}
