package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.strikemq.domain.error.BrokerException;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Tells what is wrong with a body, and where, in the words of this API instead of Jackson's. */
final class JsonFaults {
    private static final String BODY = "the body";
    private static final String DUPLICATE = "Duplicate field ";

    private JsonFaults() {}

    /** The refusal for what Jackson threw while {@code json} read a body; {@code root} is what a path begins with. */
    static BrokerException told(IOException thrown, JsonParser json, String root) {
        // Where a collection is read, Jackson wraps what the parser found.
        IOException fault = thrown.getCause() instanceof JsonProcessingException cause ? cause : thrown;
        if (fault instanceof UnrecognizedPropertyException unknown) {
            return unknownField(unknown, root);
        }
        if (fault instanceof InputCoercionException) {
            return Failures.malformed(
                    path(json.getParsingContext(), root) + " must be a whole number, and not so large");
        }
        if (fault instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return Failures.malformed(
                    path(mismatch.getPath(), root) + " must be " + expected(mismatch.getTargetType()));
        }
        return Failures.malformed("the body is not JSON" + what(fault) + where(fault));
    }

    private static BrokerException unknownField(UnrecognizedPropertyException unknown, String root) {
        List<Reference> path = unknown.getPath();
        String where = path(path.subList(0, path.size() - 1), root);
        return Failures.malformed("unknown field '" + unknown.getPropertyName() + "' in " + where + "; known are "
                + fieldsOf(unknown.getReferringClass()));
    }

    private static String fieldsOf(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .map(new SnakeCaseStrategy()::translate)
                .collect(Collectors.joining(", "));
    }

    private static String expected(Class<?> type) {
        if (type == String.class) {
            return "a string";
        }
        if (type == Integer.class || type == Long.class) {
            return "a whole number";
        }
        if (type == Boolean.class) {
            return "true or false";
        }
        return Collection.class.isAssignableFrom(type) ? "an array" : "an object";
    }

    /** As {@code messages[0].headers[1].key}. */
    private static String path(List<Reference> references, String root) {
        StringBuilder path = new StringBuilder(root);
        for (Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.length() == 0 ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.length() == 0 ? BODY : path.toString();
    }

    private static String path(JsonStreamContext context, String root) {
        if (context.inRoot()) {
            return root;
        }
        String outer = path(context.getParent(), root);
        if (context.inArray()) {
            return outer + "[" + context.getCurrentIndex() + "]";
        }
        return outer.isEmpty() ? context.getCurrentName() : outer + "." + context.getCurrentName();
    }

    private static String what(IOException fault) {
        String message = fault instanceof JsonProcessingException known ? known.getOriginalMessage() : "";
        if (fault instanceof JsonEOFException) {
            return ": it ends too soon";
        }
        if (message.startsWith(DUPLICATE)) {
            return ": field " + message.substring(DUPLICATE.length()) + " is there twice";
        }
        return fault instanceof StreamConstraintsException
                ? ": it is nested too deeply, or has a name or a number without end"
                : "";
    }

    private static String where(IOException fault) {
        JsonLocation location = fault instanceof JsonProcessingException known ? known.getLocation() : null;
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }
}
