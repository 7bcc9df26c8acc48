package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.error.ErrorCode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.Test;

/** The other tests name errors, so that names have to stand for Kafka's numbers. */
class ErrorCodesMatchKafkaTest {
    @Test
    void everyErrorHasKafkasNameAndNumber() {
        assertEquals(byName(Errors.values(), Errors::code), byName(ErrorCode.values(), ErrorCode::code));
    }

    @Test
    void whatClientsMayRetryIsRetriable() {
        assertEquals(
                byName(Errors.values(), error -> error.exception() instanceof RetriableException),
                byName(ErrorCode.values(), ErrorCode::isRetriable));
    }

    private static <E extends Enum<E>, T> Map<String, T> byName(E[] errors, Function<E, T> property) {
        return Stream.of(errors).collect(Collectors.toMap(Enum::name, property));
    }
}
