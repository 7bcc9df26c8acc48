package io.strikemq.adapter.rest;

import java.util.List;

/** The endpoints about one thing. */
public abstract class RestApi {
    RestApi() {}

    /** The rows that this API has in the table of {@link Routes}. */
    abstract List<Route> routes();
}
