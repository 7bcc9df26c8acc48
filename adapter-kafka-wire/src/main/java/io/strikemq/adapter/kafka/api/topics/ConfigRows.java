package io.strikemq.adapter.kafka.api.topics;

import io.strikemq.adapter.kafka.wire.RowVisitor;
import io.strikemq.domain.topic.admin.ConfigResource;

/** Of the resources that have configs, those that are topics or groups name something. */
final class ConfigRows {
    private ConfigRows() {}

    static void show(byte type, String name, RowVisitor rows) {
        rows.enter();
        if (type == ConfigResource.TOPIC) {
            rows.topic(name);
        } else if (type == ConfigResource.GROUP) {
            rows.group(name);
        }
        rows.leave();
    }
}
