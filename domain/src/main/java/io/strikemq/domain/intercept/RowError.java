package io.strikemq.domain.intercept;

import io.strikemq.domain.error.ErrorCode;

/**
 * An error code in an answer.
 *
 * @param row     what it is about; {@link NamedRow#WHOLE} for the request as a whole, or a row that names nothing
 * @param error   never NONE
 * @param message what the answer says of it; null where it says nothing
 */
public record RowError(NamedRow row, ErrorCode error, String message) {}
