package io.strikemq.domain.put;

import java.io.IOException;
import java.io.OutputStream;

/** A topic that becomes lines of JSON, piece by piece, up to where its logs ended when it began. For one thread at a time. */
public interface TopicExport {
    /**
     * Writes the next piece, whole lines of about a megabyte; false, and nothing written, when there is none left.
     *
     * @throws io.strikemq.domain.error.BrokerException what keeps a log from being read
     */
    boolean next(OutputStream out) throws IOException;

    /** How many records were written. */
    long recordCount();
}
