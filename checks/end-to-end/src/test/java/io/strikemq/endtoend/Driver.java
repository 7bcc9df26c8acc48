package io.strikemq.endtoend;

import java.util.List;
import java.util.function.Function;

/**
 * A program that drives a client: its command and arguments in, lines out. Loaded beside each release of the client.
 */
interface Driver extends Function<List<String>, List<String>>, AutoCloseable {
    @Override
    void close();
}
