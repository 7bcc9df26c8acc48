package io.strikemq.adapter.rest;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a call is answered with when nothing went wrong. */
sealed interface Answer permits Answer.Whole, Answer.InPieces, Answer.Later {
    /** One JSON value, written from a record, a list or a map. */
    record Whole(int status, Object body) implements Answer {}

    /** An answer that is made as the client takes it, so that memory does not grow with it. */
    non-sealed interface InPieces extends Answer {
        /**
         * The next piece; there is one at least. It is valid until the next one is asked for. What the first call
         * throws becomes the error answer; after it, a failure can only cut off the connection.
         */
        ByteBuffer next();

        /** Whether there is one more piece after those that were asked for. */
        boolean hasMore();

        /** What its {@code Content-Type} is. */
        default String contentType() {
            return Json.CONTENT_TYPE;
        }
    }

    /** This answer, if it is not there yet. */
    default Optional<Later> later() {
        return Optional.empty();
    }

    /**
     * An answer that is not there yet; no thread waits for it.
     *
     * @param answer    one of the other kinds; a failure becomes an error answer
     * @param within    how long the caller waits, in real time
     * @param whenLate  is called when that is over, and has {@code answer} complete
     * @param whenGone  is called when the caller is known to be gone
     */
    record Later(CompletionStage<Answer> answer, Duration within, Runnable whenLate, Runnable whenGone)
            implements Answer {
        @Override
        public Optional<Later> later() {
            return Optional.of(this);
        }
    }

    /** 200 with this value as its body. */
    static Answer ok(Object body) {
        return new Whole(200, body);
    }

    /** 201 with this value as its body. */
    static Answer created(Object body) {
        return new Whole(201, body);
    }
}
