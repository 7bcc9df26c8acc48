package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.record.RecordHeader;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the body of a produce request as it comes in:
 *
 * <pre>
 * {"messages": [{"key": …, "value": …, "headers": [{"key": …, "value": …}], "partition": 0,
 *                "key_encoding": "base64", "value_encoding": "base64"}],
 *  "partition": 0}
 * </pre>
 *
 * <p>Only the messages and their values are required. {@code headers} may also be an object of names and values. All
 * partitions that are named have to be the same, because the messages become one batch. A field that is not known is
 * refused: a misspelt one must not be lost in silence.
 */
final class ProduceBodyReader {
    private final JsonParser json;
    private final List<ProduceBody.Message> messages = new ArrayList<>();
    private Integer partition;

    private ProduceBodyReader(JsonParser json) {
        this.json = json;
    }

    static ProduceBody read(InputStream body) throws IOException {
        try (JsonParser json = Json.parser(body)) {
            return new ProduceBodyReader(json).readBody();
        } catch (JsonProcessingException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            // Jackson's own words for an early end name its source and a setting of its own.
            String what = e instanceof JsonEOFException ? "it ends too soon" : e.getOriginalMessage();
            throw Failures.malformed("the body is not JSON: " + what + where);
        } catch (CharConversionException e) {
            throw Failures.malformed("the body is not JSON: " + e.getMessage());
        }
    }

    private ProduceBody readBody() throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw Failures.malformed("the body must be an object with a field 'messages'");
        }
        boolean hasMessages = false;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "messages" -> {
                    readMessages();
                    hasMessages = true;
                }
                case "partition" -> readPartition("partition");
                default -> throw unknownField(field, "the body", "messages, partition");
            }
        }
        if (!hasMessages) {
            throw Failures.malformed("the body has no field 'messages'");
        }
        if (messages.isEmpty()) {
            throw Failures.malformed("'messages' is empty: give at least one message");
        }
        if (json.nextToken() != null) {
            throw Failures.malformed("the body goes on after its object");
        }
        return new ProduceBody(partition, messages);
    }

    private void readMessages() throws IOException {
        if (!json.isExpectedStartArrayToken()) {
            throw Failures.malformed("'messages' must be an array");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            readMessage("messages[" + messages.size() + "]");
        }
    }

    private void readMessage(String where) throws IOException {
        expectObject(where);
        JsonBytes key = new JsonBytes(where + ".key");
        JsonBytes value = new JsonBytes(where + ".value");
        List<RecordHeader> headers = List.of();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "key" -> key.readValue(json);
                case "value" -> value.readValue(json);
                case "key_encoding" -> key.readEncoding(json);
                case "value_encoding" -> value.readEncoding(json);
                case "headers" -> headers = readHeaders(where + ".headers");
                case "partition" -> readPartition(where + ".partition");
                default ->
                    throw unknownField(field, where, "key, value, headers, partition, key_encoding, value_encoding");
            }
        }
        messages.add(new ProduceBody.Message(key.bytes(), value.required(), headers));
    }

    private List<RecordHeader> readHeaders(String where) throws IOException {
        List<RecordHeader> headers = new ArrayList<>();
        switch (json.currentToken()) {
            case VALUE_NULL -> {
                return headers;
            }
            case START_ARRAY -> {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    headers.add(readHeader(where + "[" + headers.size() + "]"));
                }
            }
            case START_OBJECT -> {
                while (json.nextToken() == JsonToken.FIELD_NAME) {
                    String name = json.currentName();
                    json.nextToken();
                    JsonBytes value = new JsonBytes(where + "." + name);
                    value.readValue(json);
                    headers.add(new RecordHeader(name, value.bytes()));
                }
            }
            default -> throw Failures.malformed(where + " must be an array of objects with 'key' and 'value'");
        }
        return headers;
    }

    private RecordHeader readHeader(String where) throws IOException {
        expectObject(where);
        String name = null;
        JsonBytes value = new JsonBytes(where + ".value");
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            switch (field) {
                case "key" -> name = readName(where + ".key");
                case "value" -> value.readValue(json);
                case "value_encoding" -> value.readEncoding(json);
                default -> throw unknownField(field, where, "key, value, value_encoding");
            }
        }
        if (name == null) {
            throw Failures.malformed(where + ".key is missing");
        }
        return new RecordHeader(name, value.required());
    }

    private String readName(String where) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            throw Failures.malformed(where + " must be a string");
        }
        return json.getText();
    }

    private void readPartition(String where) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                || json.getNumberType() != JsonParser.NumberType.INT
                || json.getIntValue() < 0) {
            throw Failures.malformed(where + " must be a whole number from 0 on");
        }
        int named = json.getIntValue();
        if (partition != null && partition != named) {
            throw Failures.malformed(where + " is " + named + ", but another one named is " + partition
                    + ": the messages of one request go to one partition");
        }
        partition = named;
    }

    private void expectObject(String where) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw Failures.malformed(where + " must be an object");
        }
    }

    private static BrokerException unknownField(String field, String where, String known) {
        return Failures.malformed("unknown field '" + field + "' in " + where + "; known are " + known);
    }
}
