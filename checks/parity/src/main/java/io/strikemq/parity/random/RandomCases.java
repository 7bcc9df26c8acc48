package io.strikemq.parity.random;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.strikemq.parity.cases.Case;
import io.strikemq.parity.cases.Case.Ask;
import io.strikemq.parity.cases.Case.Reading;
import io.strikemq.parity.cases.Case.Step;
import io.strikemq.wire.generator.model.FieldSpec;
import io.strikemq.wire.generator.model.FieldType;
import io.strikemq.wire.generator.model.FieldType.Primitive;
import io.strikemq.wire.generator.model.MessageSpec;
import io.strikemq.wire.generator.model.StructSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Makes one random request at a time, of a form that Kafka can read, behind the given steps that set up what it may meet. */
public final class RandomCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final double SHARE_OF_DEFAULTS = 0.3;
    private static final double SHARE_OF_NULLS = 0.15;
    /** Arrays whose order is that of a hash table in some API. */
    private static final Set<String> UNORDERED = Set.of(
            "topics",
            "partitions",
            "partitionResponses",
            "configs",
            "results",
            "responses",
            "groups",
            "markers",
            "transactionStates",
            "unknownStateFilters");

    private final Random random;
    private final List<Step> given;

    /** @param given what each request finds: topics {@code $t} and {@code $u}, group {@code $g}, and group {@code $h} with member {@code $m}; {@code $tId} is the first's id */
    public RandomCases(long seed, List<Step> given) {
        this.random = new Random(seed);
        this.given = given;
    }

    /** A case with one random request of this API at one random version. */
    public Case next(MessageSpec request) {
        String api = request.name().replaceAll("Request$", "");
        int lowest = request.valid().lowest();
        int version = lowest + random.nextInt(request.highestStable() - lowest + 1);
        JsonNode body = struct(request, version, request.root());
        return with(api, version, body);
    }

    /** The same case with another request. */
    public Case with(String api, int version, JsonNode body) {
        List<Step> steps = new ArrayList<>(given);
        steps.add(new Ask(api, version, body, "main", "parity", Map.of(), JSON.objectNode(), Reading.AT_ONCE));
        return new Case(
                "random", api + " " + body, api, JSON.arrayNode().add(version), steps, Set.of(), UNORDERED, false);
    }

    private ObjectNode struct(MessageSpec spec, int version, StructSpec struct) {
        ObjectNode node = JSON.objectNode();
        for (FieldSpec field : struct.fields()) {
            if (field.versions().contains(version) && random.nextDouble() >= SHARE_OF_DEFAULTS) {
                node.set(field.name(), value(spec, version, field));
            }
        }
        return node;
    }

    private JsonNode value(MessageSpec spec, int version, FieldSpec field) {
        if (field.nullable().contains(version) && random.nextDouble() < SHARE_OF_NULLS) {
            return NullNode.getInstance();
        }
        if (field.type() instanceof FieldType.Array array) {
            ArrayNode node = JSON.arrayNode();
            int size = random.nextInt(3);
            for (int i = 0; i < size; i++) {
                node.add(element(spec, version, field, array.element()));
            }
            return node;
        }
        return element(spec, version, field, field.type());
    }

    private JsonNode element(MessageSpec spec, int version, FieldSpec field, FieldType type) {
        return type instanceof FieldType.Struct struct
                ? struct(spec, version, spec.structs().get(struct.name()))
                : Vocabulary.pick(random, spec.name(), field.name(), (Primitive) type);
    }
}
