package io.strikemq.parity.cases;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A conversation with a broker, which is played at several versions of one API.
 *
 * @param file      the file it stands in, without ending
 * @param name      a sentence
 * @param api       the API whose version varies; all others are asked in their newest version, unless a step says
 * @param versions  {@code edges} (oldest, middle, newest), {@code all}, {@code newest}, or a list
 * @param steps     what is done, in order
 * @param mask      fields that may differ, by name, in all answers
 * @param unordered arrays whose order means nothing, by name
 * @param slow      whether it waits for time to pass, and is left to whole runs
 */
public record Case(
        String file,
        String name,
        String api,
        JsonNode versions,
        List<Step> steps,
        Set<String> mask,
        Set<String> unordered,
        boolean slow) {

    /** How reports and patterns name it. */
    public String title() {
        return file + ": " + name;
    }

    /** Something that a case does. */
    public sealed interface Step {}

    /**
     * Asks something.
     *
     * @param version    the version, or -1 for the one that the case is played at, or the newest
     * @param connection the connection's name
     * @param keep       what later steps may use: name to path in the answer
     * @param until      values by path that the answer must have; asked again until it does, for some time
     * @param reading    whether the answer is read at once, later, or must not come
     */
    public record Ask(
            String api,
            int version,
            JsonNode body,
            String connection,
            String clientId,
            Map<String, String> keep,
            JsonNode until,
            Reading reading)
            implements Step {}

    /** When the answer to a request is read. */
    public enum Reading {
        AT_ONCE,
        LATER,
        NEVER
    }

    /**
     * Reads the answer to a request that was sent before.
     *
     * @param reading {@link Reading#NEVER} where none must come
     */
    public record ReadAnswer(String connection, Map<String, String> keep, Reading reading) implements Step {}

    /** Closes a connection. */
    public record Close(String connection) implements Step {}

    /** Lets time pass, for what only time can do. */
    public record Pause(long millis) implements Step {}
}
