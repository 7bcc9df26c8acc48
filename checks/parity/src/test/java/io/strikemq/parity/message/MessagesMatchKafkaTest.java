package io.strikemq.parity.message;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strikemq.parity.Home;
import io.strikemq.wire.generator.model.MessageSpec;
import java.nio.ByteBuffer;
import org.apache.kafka.common.message.ApiMessageType;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.protocol.MessageUtil;
import org.junit.jupiter.api.Test;

/** A mistake in our reading of the definitions would make both brokers look wrong, or alike. */
class MessagesMatchKafkaTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final Messages messages = Messages.in(Home.find().definitions());

    @Test
    void defaultsOfEveryRequestAtEveryVersionAreWrittenAsKafkaWritesThem() {
        for (MessageSpec request : messages.requests()) {
            ApiMessageType type = ApiMessageType.fromApiKey((short) request.apiKey());
            for (int version = request.valid().lowest();
                    version <= request.valid().highest();
                    version++) {
                ByteBuffer ours = messages.write(request, version, JSON.createObjectNode());
                ApiMessage theirs = type.newRequest();
                theirs.read(new ByteBufferAccessor(ours.duplicate()), (short) version);
                ByteBuffer again = MessageUtil.toByteBufferAccessor(theirs, (short) version)
                        .buffer();
                assertEquals(again, ours, request.name() + " " + version);
            }
        }
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        JsonNode fetch = JSON.readTree("""
                {"replicaId":-1,"maxWaitMs":7,"minBytes":1,"maxBytes":100,"isolationLevel":1,"sessionId":0,"sessionEpoch":-1,
                 "topics":[{"topic":"t","partitions":[{"partition":3,"currentLeaderEpoch":-1,"fetchOffset":5,
                  "lastFetchedEpoch":-1,"logStartOffset":-1,"partitionMaxBytes":9}]}],
                 "forgottenTopicsData":[],"rackId":"r"}""");
        MessageSpec spec = messages.request("Fetch");
        assertEquals(
                fetch.toString(),
                messages.read(spec, 12, messages.write(spec, 12, fetch)).toString());
    }

    @Test
    void assignmentsCarryTheirVersion() throws Exception {
        JsonNode subscription = JSON.readTree("{\"ConsumerProtocolSubscription@1\":{\"topics\":[\"a\"]}}");
        ByteBuffer bytes = Values.bytes(messages, subscription);
        assertEquals(1, bytes.getShort());
    }
}
