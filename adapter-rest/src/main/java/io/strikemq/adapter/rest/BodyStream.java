package io.strikemq.adapter.rest;

import java.nio.ByteBuffer;

/** Takes bodies of one method on one path in pieces, so that none has to fit into memory. */
@FunctionalInterface
interface BodyStream {
    /** A call begins, of whose body nothing has been read yet; what this throws, {@link Failures} turns into an error answer. */
    Sink begin(RestCall call);

    /**
     * Takes the body of one call, on one thread at a time that may wait for the disk. What its methods throw becomes the error answer, and
     * ends it.
     */
    interface Sink {
        /** The next piece, which is valid until the method returns. */
        void accept(ByteBuffer piece);

        /** That was all: the answer. */
        Answer end();
    }
}
