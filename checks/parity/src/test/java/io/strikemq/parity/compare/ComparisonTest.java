package io.strikemq.parity.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strikemq.parity.cases.Playing.Exchange;
import io.strikemq.parity.peer.Answer;
import io.strikemq.parity.peer.Connection.Call;
import io.strikemq.parity.peer.Peer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Peer KAFKA = new Peer("kafka", 1111, Path.of("/kafka"), null);
    private static final Peer OURS = new Peer("ours", 2222, Path.of("/ours"), null);

    @Test
    void namesThePlaceOfADifference() throws Exception {
        List<Difference> found = compare("{\"topics\":[{\"errorCode\":3}]}", "{\"topics\":[{\"errorCode\":0}]}");
        assertEquals(
                List.of(new Difference(
                        "a case", "Metadata topics[].errorCode", "step 1, topics[0].errorCode", "3", "0")),
                found);
    }

    @Test
    void seesAFieldThatOnlyOneSent() throws Exception {
        assertEquals(1, compare("{\"a\":1,\"tag\":2}", "{\"a\":1}").size());
        assertEquals(1, compare("{\"list\":[1]}", "{\"list\":[1,2]}").size());
    }

    @Test
    void takesIdsPortsAndPathsOfEachBrokerForTheSame() throws Exception {
        String theirs =
                "{\"port\":1111,\"memberId\":\"m-5b2f8a60-51d4-4f6c-9d11-7c6f0a4f4f10\",\"logDir\":\"/kafka/x\",\"producerId\":7}";
        String own =
                "{\"port\":2222,\"memberId\":\"m-00000000-51d4-4f6c-9d11-7c6f0a4f4f10\",\"logDir\":\"/ours/x\",\"producerId\":9}";
        assertEquals(List.of(), compare(theirs, own));
    }

    @Test
    void seesAnIdInTheWrongPlace() throws Exception {
        String first = "5b2f8a60-51d4-4f6c-9d11-7c6f0a4f4f10";
        String second = "00000000-51d4-4f6c-9d11-7c6f0a4f4f10";
        String same = "{\"leader\":\"%s\",\"members\":[\"%s\",\"%s\"]}";
        List<Difference> found = compare(same.formatted(first, first, second), same.formatted(second, first, second));
        assertEquals(2, found.size());
    }

    @Test
    void comparesRowsAboutTheSameWhateverTheirErrors() throws Exception {
        Set<String> rows = Set.of("rows");
        Mask theirs = new Mask(KAFKA, Set.of(), rows);
        Mask own = new Mask(OURS, Set.of(), rows);
        String text =
                "{\"rows\":[{\"errorCode\":%d,\"errorMessage\":%s,\"name\":\"b\"},{\"errorCode\":42,\"name\":\"a\"}]}";
        JsonNode kafka = theirs.masked(JSON.readTree(text.formatted(-1, "null")));
        JsonNode ours = own.masked(JSON.readTree(text.formatted(42, "\"a \\\"bad\\\" one\"")));
        for (JsonNode each : List.of(kafka, ours)) {
            assertEquals("[\"a\",\"b\"]", each.findValues("name").toString().replace(" ", ""));
        }
    }

    @Test
    void comparesBytesWhereFieldsAreTheSame() throws Exception {
        JsonNode body = JSON.readTree("{\"a\":1}");
        List<Difference> found = comparison()
                .of(
                        List.of(exchange(new Answer(body, new byte[] {0, 0, 0, 1, 2}))),
                        List.of(exchange(new Answer(body, new byte[] {0, 0, 0, 9, 3}))));
        assertEquals("Metadata bytes", found.get(0).at());
    }

    private static List<Difference> compare(String kafka, String ours) throws Exception {
        return comparison()
                .of(
                        List.of(exchange(new Answer(JSON.readTree(kafka), new byte[0]))),
                        List.of(exchange(new Answer(JSON.readTree(ours), new byte[0]))));
    }

    private static Comparison comparison() {
        return new Comparison("a case", new Mask(KAFKA, Set.of(), Set.of()), new Mask(OURS, Set.of(), Set.of()));
    }

    private static Exchange exchange(Answer answer) {
        return new Exchange(new Call("Metadata", 12, "test", JSON.createObjectNode()), answer);
    }
}
