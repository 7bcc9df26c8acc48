package io.strikemq.adapter.rest;

import java.io.IOException;

/** Answers the calls of one method on one path; what it throws, {@link Failures} turns into an error answer. */
@FunctionalInterface
interface Endpoint {
    JsonAnswer answer(RestCall call) throws IOException;
}
