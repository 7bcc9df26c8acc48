package io.strikemq.application.group;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * An id for a member that has none.
 *
 * @param owner the client's id, or the group instance id of a static member
 * @param id    makes it unique
 */
record FreshMemberId(String owner, UUID id) {
    /** As classic groups have them. */
    String named() {
        return owner + "-" + id;
    }

    /** As groups of the consumer protocol have them: 16 bytes in base 64, like all of Kafka's newer ids. */
    String bare() {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
