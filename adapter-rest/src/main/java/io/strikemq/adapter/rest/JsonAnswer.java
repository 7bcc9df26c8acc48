package io.strikemq.adapter.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** Writes one JSON value: the body of an answer. */
@FunctionalInterface
interface JsonAnswer {
    void writeTo(JsonGenerator json) throws IOException;
}
