package io.strikemq.parity.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class PathsTest {
    @Test
    void findsARowByItsPlaceOrByAValue() throws Exception {
        JsonNode answer =
                new ObjectMapper().readTree("{\"rows\":[{\"name\":\"a\",\"id\":1},{\"name\":\"b.c\",\"id\":2}]}");
        assertEquals(1, Paths.find(answer, "rows[0].id").asInt());
        assertEquals(2, Paths.find(answer, "rows[name=b.c].id").asInt());
        assertTrue(Paths.find(answer, "rows[name=none].id").isMissingNode());
        assertTrue(Paths.find(answer, "rows[2].id").isMissingNode());
        assertTrue(Paths.find(answer, "other[0].id").isMissingNode());
    }
}
