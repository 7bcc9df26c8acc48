package io.strikemq.adapter.kafka.api;

import io.strikemq.adapter.kafka.wire.ErrorVisitor;
import io.strikemq.adapter.kafka.wire.WireDefaults;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.intercept.NamedRow;
import io.strikemq.domain.intercept.RowError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Reads what a message names as rows: one for each row that has no rows with names within. Used for one message, by one
 * thread.
 */
final class RowReader implements ErrorVisitor {
    private final Function<UUID, String> topicNames;
    private final Predicate<NamedRow> wanted;
    private final List<NamedRow> rows = new ArrayList<>();
    private final List<RowError> errors = new ArrayList<>();
    private final Deque<Level> around = new ArrayDeque<>();
    private Level level = new Level();

    /** @param wanted which rows a copy of the message keeps */
    RowReader(Function<UUID, String> topicNames, Predicate<NamedRow> wanted) {
        this.topicNames = topicNames;
        this.wanted = wanted;
    }

    /** All rows that were shown; what the message itself names is one where there are no others. */
    List<NamedRow> rows() {
        if (rows.isEmpty() && level.names) {
            return List.of(level.row());
        }
        return List.copyOf(rows);
    }

    /** All errors that were shown. */
    List<RowError> errors() {
        return List.copyOf(errors);
    }

    @Override
    public void enter() {
        around.push(level);
        level = new Level(level);
    }

    @Override
    public boolean leave() {
        Level ended = level;
        level = around.pop();
        if (ended.hasRows) {
            level.hasRows = true;
            level.keepsRows |= ended.keepsRows;
            return ended.keepsRows;
        }
        if (!ended.names) {
            return true;
        }
        NamedRow row = ended.row();
        rows.add(row);
        boolean isKept = wanted.test(row);
        level.hasRows = true;
        level.keepsRows |= isKept;
        return isKept;
    }

    @Override
    public void topic(String name) {
        if (name != null && !name.isEmpty()) {
            level.topic = name;
            level.names = true;
        }
    }

    @Override
    public void topicId(UUID id) {
        if (id != null && !id.equals(WireDefaults.ZERO_UUID)) {
            topic(topicNames.apply(id));
        }
    }

    @Override
    public void partition(int index) {
        level.partition = index;
        level.names = true;
    }

    @Override
    public void group(String groupId) {
        if (groupId != null && !groupId.isEmpty()) {
            level.group = groupId;
            level.names = true;
        }
    }

    @Override
    public void transactionalId(String id) {
        if (id != null && !id.isEmpty()) {
            level.transactionalId = id;
            level.names = true;
        }
    }

    @Override
    public void error(short code, String message) {
        if (code != ErrorCode.NONE.code()) {
            String text = message == null || message.isEmpty() ? null : message;
            errors.add(new RowError(level.row(), ErrorCode.of(code), text));
        }
    }

    /** What is named by a row and those around it. */
    private static final class Level {
        private String group;
        private String transactionalId;
        private String topic;
        private int partition = NamedRow.NO_PARTITION;
        private boolean names;
        private boolean hasRows;
        private boolean keepsRows;

        Level() {}

        Level(Level around) {
            group = around.group;
            transactionalId = around.transactionalId;
            topic = around.topic;
            partition = around.partition;
        }

        NamedRow row() {
            return new NamedRow(group, transactionalId, topic, partition);
        }
    }
}
