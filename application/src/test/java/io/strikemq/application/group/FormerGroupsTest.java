package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.domain.error.ErrorCode;
import org.junit.jupiter.api.Test;

class FormerGroupsTest {
    private final FormerGroups former = new FormerGroups();

    @Test
    void onlyMembersOfFormerGroupsAreToldToJoinAgain() {
        former.remember("orders");

        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, former.absence("orders"));
        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, former.absence("others"));
    }

    @Test
    void ofTooManyTheFirstAreForgotten() {
        for (int i = 0; i < 10_001; i++) {
            former.remember("group" + i);
            former.remember("often");
        }

        assertEquals(ErrorCode.GROUP_ID_NOT_FOUND, former.absence("group0"));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, former.absence("often"));
        assertEquals(ErrorCode.UNKNOWN_MEMBER_ID, former.absence("group10000"));
    }
}
