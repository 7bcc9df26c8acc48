package io.strikemq.parity.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MinimiserTest {
    @Test
    void leavesOnlyWhatShowsTheDifference() throws Exception {
        ObjectMapper json = new ObjectMapper();
        JsonNode request = json.readTree(
                "{\"timeoutMs\":5,\"topics\":[{\"name\":\"a\"},{\"name\":\"bad\",\"partitions\":[1,2]}],\"flag\":true}");
        JsonNode smallest = new Minimiser(body -> body.toString().contains("bad"), Instant.MAX).minimise(request);
        assertEquals(json.readTree("{\"topics\":[{\"name\":\"bad\"}]}"), smallest);
    }
}
