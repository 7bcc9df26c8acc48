package io.strikemq.adapter.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.steering.GroupSteered;
import io.strikemq.domain.group.steering.MemberPick;
import io.strikemq.domain.group.steering.ScriptedAssignment;
import io.strikemq.domain.producer.ProducerFenced;
import io.strikemq.domain.producer.ProducerIdentity;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tester does to groups and producers: what the body says, and what is answered. */
class SteerGroupsTest {
    private static final String STEERED = """
            {"group_id":"a/b","state":"Stable","epoch":3,"member_ids":["m"]}""";
    private static final GroupSteered OUTCOME = new GroupSteered("a/b", "Stable", 3, List.of("m"));

    private RestFixture rest;

    @BeforeEach
    void start() throws IOException {
        rest = new RestFixture();
    }

    @AfterEach
    void stop() {
        rest.close();
    }

    private HttpResponse<String> post(String what, String body) {
        return rest.post("/v1/groups/a%2Fb/" + what, body);
    }

    @Test
    void aRebalanceTakesNoBody() {
        when(rest.steering.rebalance("a/b")).thenReturn(OUTCOME);
        assertAnswer(200, STEERED, post("rebalance", null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"member_id\":\"x\"}         | MEMBER_ID",
                "{\"group_instance_id\":\"x\"} | GROUP_INSTANCE_ID",
                "{\"client_id\":\"x\"}         | CLIENT_ID",
                "{\"everybody\":true}          | EVERYBODY",
            })
    void membersAreNamedByWhatTheyAreKnownBy(String body, MemberPick.Kind kind) {
        MemberPick who = new MemberPick(kind, kind == MemberPick.Kind.EVERYBODY ? null : "x");
        when(rest.steering.expel("a/b", who)).thenReturn(OUTCOME);
        when(rest.steering.fence("a/b", who)).thenReturn(OUTCOME);
        assertAnswer(200, STEERED, post("expel", body));
        assertAnswer(200, STEERED, post("fence", body));
    }

    @Test
    void aScriptNamesMembersAndTheirPartitions() {
        ScriptedAssignment script = ScriptedAssignment.of(MemberPick.client("x"), "t", 0, 1)
                .and(MemberPick.client("x"), "u", 2)
                .and(MemberPick.member("m"), "u");
        when(rest.steering.script("a/b", script)).thenReturn(OUTCOME);
        assertAnswer(200, STEERED, post("assignment", """
                {"members":[
                 {"client_id":"x","topics":[{"topic":"t","partitions":[0,1]},{"topic":"u","partitions":[2]}]},
                 {"member_id":"m","topics":[{"topic":"u","partitions":[]}]}]}"""));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            expel      | {}                                  | the body must have one of the fields NAMES
            fence      | {"everybody":false}                 | the body must have one of the fields NAMES
            expel      | null                                | the body must be an object with one of the fields NAMES
            expel      | {"member_id":"a","client_id":"b"}   | the body must have one of the fields NAMES, not 2
            assignment | {}                                  | the body has no field 'members'
            assignment | {"members":[null]}                  | members[0] must be an object
            assignment | {"members":[{"topics":[]}]}         | members[0] must have one of the fields 'member_id', \
            'group_instance_id' and 'client_id'
            assignment | {"members":[{"client_id":"a"}]}     | members[0].topics is missing; it may be empty for a member \
            that gets nothing
            assignment | {"members":[{"client_id":"a","topics":[{}]}]} | members[0].topics[0].topic is missing
            assignment | {"members":[{"client_id":"a","topics":[{"topic":"t","partitions":[null]}]}]} | \
            members[0].topics[0].partitions must be whole numbers from 0 on
            """)
    void theBodyIsChecked(String what, String body, String message) {
        String names = "'member_id', 'group_instance_id', 'client_id' and 'everybody'";
        assertAnswer(400, "{\"error\":\"" + message.replace("NAMES", names) + "\"}", post(what, body));
        verifyNoInteractions(rest.steering);
    }

    @Test
    void whatIsNotThereIs404() {
        when(rest.steering.expel(any(), any())).thenThrow(new BrokerException(ErrorCode.UNKNOWN_MEMBER_ID, "nobody"));
        assertAnswer(404, "{\"error\":\"nobody\"}", post("expel", "{\"client_id\":\"a\"}"));
        when(rest.steering.rebalance(any())).thenThrow(new BrokerException(ErrorCode.GROUP_ID_NOT_FOUND, "no group"));
        assertAnswer(404, "{\"error\":\"no group\"}", post("rebalance", null));
    }

    @Test
    void aProducerIsFencedByItsTransactionalId() {
        when(rest.producers.fence("a/b"))
                .thenReturn(new ProducerFenced("a/b", new ProducerIdentity(7, (short) 4), true));
        assertAnswer(
                200,
                "{\"transactional_id\":\"a/b\",\"producer_id\":7,\"producer_epoch\":4,\"aborts\":true}",
                rest.post("/v1/transactions/a%2Fb/fence", null));
        verify(rest.producers).fence("a/b");
    }

    @Test
    void foreignPagesMayNot() {
        assertEquals(
                403,
                rest.send("POST", "/v1/groups/g/rebalance", null, "Origin", "http://evil.example")
                        .statusCode());
        verifyNoInteractions(rest.steering);
    }

    private static void assertAnswer(int status, String json, HttpResponse<String> answer) {
        assertEquals(json, answer.body());
        assertEquals(status, answer.statusCode());
    }
}
