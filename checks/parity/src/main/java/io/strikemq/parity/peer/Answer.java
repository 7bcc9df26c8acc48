package io.strikemq.parity.peer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What came back.
 *
 * @param body  the message, or {@code {"noAnswer": why}}
 * @param bytes the frame, or none
 */
public record Answer(JsonNode body, byte[] bytes) {
    static Answer of(JsonNode body, byte[] bytes) {
        return new Answer(body, bytes);
    }

    static Answer without(String reason) {
        return new Answer(JsonNodeFactory.instance.objectNode().put("noAnswer", reason), new byte[0]);
    }

    /** The same answer as others shall see it. */
    public Answer withBody(JsonNode other) {
        return new Answer(other, bytes);
    }
}
