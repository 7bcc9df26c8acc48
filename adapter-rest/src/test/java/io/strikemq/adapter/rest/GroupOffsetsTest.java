package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.offset.OffsetReset;
import io.strikemq.domain.offset.PartitionReset;
import io.strikemq.domain.offset.PartitionReset.Change;
import io.strikemq.domain.offset.ResetTarget;
import io.strikemq.domain.topic.TopicPartition;
import io.strikemq.domain.topic.admin.Mode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Resets of offsets: what the body says, and what is answered. */
class GroupOffsetsTest {
    private static final String NO_TARGET =
            "the body must have one of the fields 'to', 'to_offset', 'to_time' and 'shift_by'";

    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    private HttpResponse<String> put(String body) {
        return rest.send("PUT", "/v1/groups/a%2Fb/offsets", body);
    }

    static Stream<Arguments> bodies() {
        return Stream.of(
                Arguments.of("{\"to\":\"earliest\"}", ResetTarget.EARLIEST),
                Arguments.of("{\"to\":\"latest\"}", ResetTarget.LATEST),
                Arguments.of("{\"to_offset\":42}", ResetTarget.offset(42)),
                Arguments.of("{\"to_offset\":-1}", ResetTarget.offset(-1)),
                Arguments.of("{\"shift_by\":-7}", ResetTarget.shift(-7)),
                Arguments.of("{\"to_time\":0}", ResetTarget.time(0)),
                Arguments.of("{\"to_time\":1767225600000}", ResetTarget.time(1767225600000L)),
                Arguments.of("{\"to_time\":\"2026-01-01T00:00:00Z\"}", ResetTarget.time(1767225600000L)),
                Arguments.of("{\"to_time\":\"2026-01-01T00:00:00.123\"}", ResetTarget.time(1767225600123L)),
                Arguments.of("{\"to_time\":\"2026-01-01T01:00:00+01:00\"}", ResetTarget.time(1767225600000L)));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theBodySaysWhereTo(String body, ResetTarget target) {
        TopicPartition partition = new TopicPartition("t", 0);
        when(rest.resets.reset(
                        any(), eq(new OffsetReset("a/b", target, null, Mode.APPLY, OffsetReset.Members.REFUSED))))
                .thenReturn(CompletableFuture.completedFuture(
                        List.of(new PartitionReset(partition, 8, 3, 3, Change.NONE))));
        assertAnswer("""
                {"group_id":"a/b","dry_run":false,"offsets":[{"topic":"t","partition":0,"before":8,"after":3}]}""", put(body));
    }

    @Test
    void aDryRunOfNamedTopicsAsksForThoseAlone() {
        OffsetReset wanted = OffsetReset.of("a/b", ResetTarget.EARLIEST)
                .topic("t", 1, 0)
                .topic("u")
                .dryRun();
        when(rest.resets.reset(any(), eq(wanted))).thenReturn(CompletableFuture.completedFuture(List.of()));
        assertAnswer(
                "{\"group_id\":\"a/b\",\"dry_run\":true,\"offsets\":[]}",
                put("{\"to\":\"earliest\",\"topics\":[{\"topic\":\"t\",\"partitions\":[1,0]},{\"topic\":\"u\"}],"
                        + "\"dry_run\":true}"));
    }

    @Test
    void itSaysWhatIsToBecomeOfMembers() {
        OffsetReset wanted = OffsetReset.of("a/b", ResetTarget.EARLIEST);
        when(rest.resets.reset(any(), any())).thenReturn(CompletableFuture.completedFuture(List.of()));
        put("{\"to\":\"earliest\",\"members\":\"keep\"}");
        verify(rest.resets).reset(any(), eq(wanted.keepingMembers()));
        put("{\"to\":\"earliest\",\"members\":\"expel\"}");
        verify(rest.resets).reset(any(), eq(wanted.expellingMembers()));
        put("{\"to\":\"earliest\",\"members\":\"refuse\"}");
        verify(rest.resets).reset(any(), eq(wanted));
    }

    @Test
    void whatIsNotDoneAsAskedIsTold() {
        TopicPartition partition = new TopicPartition("t", 0);
        when(rest.resets.reset(any(), any()))
                .thenReturn(CompletableFuture.completedFuture(List.of(
                        new PartitionReset(partition, -1, 99, 50, Change.BEYOND_END),
                        new PartitionReset(partition, 8, -9, 10, Change.BEFORE_START),
                        new PartitionReset(partition, 8, 50, 50, Change.NO_RECORD_SINCE))));
        assertAnswer("""
                {"group_id":"a/b","dry_run":false,"offsets":[\
                {"topic":"t","partition":0,"before":null,"after":50,"requested":99,\
                "warning":"99 is beyond the end of t-0, which is taken: 50"},\
                {"topic":"t","partition":0,"before":8,"after":10,"requested":-9,\
                "warning":"-9 is before the start of t-0, which is taken: 10"},\
                {"topic":"t","partition":0,"before":8,"after":50,\
                "warning":"no message of t-0 is as new, its end is taken: 50"}]}""", put("{\"to_offset\":99}"));
    }

    @Test
    void aRefusalKeepsItsReason() {
        fails(ErrorCode.NON_EMPTY_GROUP, "Assignments can only be reset if …");
        assertError(409, "Assignments can only be reset if …", put("{\"to\":\"latest\"}"));
        fails(ErrorCode.GROUP_ID_NOT_FOUND, "Group a/b not found.");
        assertError(404, "there is no group 'a/b'", put("{\"to\":\"latest\"}"));
        fails(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, "no t-9");
        assertError(404, "no t-9", put("{\"to\":\"latest\"}"));
        fails(ErrorCode.INVALID_REQUEST, "nothing to shift");
        assertError(400, "nothing to shift", put("{\"to\":\"latest\"}"));
        fails(ErrorCode.NOT_COORDINATOR, "later");
        assertError(503, "later", put("{\"to\":\"latest\"}"));
    }

    private void fails(ErrorCode error, String message) {
        when(rest.resets.reset(any(), any()))
                .thenReturn(CompletableFuture.failedFuture(new BrokerException(error, message)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                    | NO_TARGET
            {"dry_run":true}                      | NO_TARGET
            {"to":"latest","shift_by":1}          | NO_TARGET, not 2
            null                                  | the body must be an object with one of the fields 'to', 'to_offset', \
            'to_time' and 'shift_by'
            []                                    | the body must be an object
            {"to":"now"}                          | to must be "earliest" or "latest", not "now"
            {"to":1}                              | to must be a string
            {"to_offset":"1"}                     | to_offset must be a whole number
            {"shift_by":1.5}                      | shift_by must be a whole number
            {"shift_by":1,"dry_run":"yes"}        | dry_run must be true or false
            {"shift_by":1,"members":"kill"}       | members must be "refuse", "keep" or "expel", not "kill"
            {"to_time":-1}                        | TIME-1
            {"to_time":1.5}                       | TIME1.5
            {"to_time":null}                      | TIMEnull
            {"to_time":"1767225600000"}           | TIME"1767225600000"
            {"to_time":"2026-01-01"}              | TIME"2026-01-01"
            {"to_time":"1969-12-31T23:59:59Z"}    | TIME"1969-12-31T23:59:59Z"
            {"to":"latest","topic":"t"}           | unknown field 'topic' in the body; known are to, to_offset, to_time, shift_by, \
            topics, dry_run, members
            {"to":"latest","topics":"t"}          | topics must be an array
            {"to":"latest","topics":[]}           | topics is empty: leave it out for all topics that have committed offsets
            {"to":"latest","topics":["t"]}        | topics[0] must be an object
            {"to":"latest","topics":[null]}       | topics[0] must be an object
            {"to":"latest","topics":[{}]}         | topics[0].topic is missing
            {"to":"latest","topics":[{"topic":"t","partitions":[]}]} | topics[0].partitions is empty: leave it out for all \
            partitions
            {"to":"latest","topics":[{"topic":"t","partitions":["0"]}]} | topics[0].partitions[0] must be a whole number
            {"to":"latest","topics":[{"topic":"t"},{"topic":"u","partitions":[0,-1]}]} | topics[1].partitions must be whole \
            numbers from 0 on
            {"to":"latest","topics":[{"topic":"t","partitions":[null]}]} | topics[0].partitions must be whole numbers from 0 on
            """)
    void theBodyIsChecked(String body, String message) {
        String time = "to_time must be milliseconds from 0 on, or a time as \"2026-01-31T12:00:00Z\", not ";
        assertError(400, message.replace("NO_TARGET", NO_TARGET).replaceFirst("^TIME", time), put(body));
        verifyNoInteractions(rest.resets);
    }

    @Test
    void aResetNeedsABody() {
        assertError(400, "the body is empty; it has to be JSON", put(""));
        verifyNoInteractions(rest.resets);
    }

    private static void assertAnswer(String json, HttpResponse<String> answer) {
        assertEquals(json, answer.body());
        assertEquals(200, answer.statusCode());
    }

    private static void assertError(int status, String message, HttpResponse<String> answer) {
        assertEquals("{\"error\":\"" + message.replace("\"", "\\\"") + "\"}", answer.body());
        assertEquals(status, answer.statusCode());
    }
}
