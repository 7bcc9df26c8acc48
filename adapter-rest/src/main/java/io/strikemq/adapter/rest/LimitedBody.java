package io.strikemq.adapter.rest;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A request's body that refuses to give more than a number of bytes: a chunked one does not say its length before. */
final class LimitedBody extends FilterInputStream {
    private final int limit;
    private long taken;

    LimitedBody(InputStream body, int limit) {
        super(body);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        int read = readSome(target, from, length);
        taken += Math.max(0, read);
        if (taken > limit) {
            throw RestCall.tooLarge(limit);
        }
        return read;
    }

    private int readSome(byte[] target, int from, int length) {
        try {
            return super.read(target, from, length);
        } catch (IOException e) {
            throw new BrokerException(ErrorCode.INVALID_REQUEST, "the request's body ends early", e);
        }
    }
}
