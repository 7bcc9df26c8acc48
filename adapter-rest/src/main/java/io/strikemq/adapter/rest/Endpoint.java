package io.strikemq.adapter.rest;

/** Answers the calls of one method on one path; what it throws, {@link Failures} turns into an error answer. */
@FunctionalInterface
interface Endpoint {
    Answer answer(RestCall call);
}
