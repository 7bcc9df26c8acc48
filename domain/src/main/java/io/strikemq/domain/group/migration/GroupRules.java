package io.strikemq.domain.group.migration;

import io.strikemq.domain.error.BrokerException;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.Group;
import io.strikemq.domain.group.GroupEffect;
import io.strikemq.domain.group.GroupEvent;
import io.strikemq.domain.group.Transition;
import io.strikemq.domain.group.classic.ClassicGroup;
import io.strikemq.domain.group.classic.ClassicGroupEvent;
import io.strikemq.domain.group.classic.ClassicGroupRules;
import io.strikemq.domain.group.consumer.ConsumerGroup;
import io.strikemq.domain.group.consumer.ConsumerGroupEvent;
import io.strikemq.domain.group.consumer.ConsumerGroupRules;
import io.strikemq.domain.group.consumer.ConsumerHeartbeat;
import io.strikemq.domain.group.consumer.GroupTimes;
import io.strikemq.domain.group.consumer.Topics;
import io.strikemq.domain.group.consumer.assignor.Assignor;
import io.strikemq.domain.group.steering.SteeringEvent;
import io.strikemq.domain.settings.ConsumerGroupSettings;
import io.strikemq.domain.settings.GroupSettings;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The rules of all kinds of groups as one function: an event of a protocol that is not the group's turns the group into another kind, or
 * is answered as the group's kind answers such members. Thread-safe.
 */
public final class GroupRules {
    private final ClassicGroupRules classic;
    private final ConsumerGroupRules consumer;
    private final ClassicMembers classicMembers;
    private final Upgrade upgrade;
    private final GroupSteering steering;

    /**
     * @param assignors    those of the settings, the usual one first
     * @param faultOfRegex what is wrong with a regular expression (RE2); null when it is one
     */
    public GroupRules(
            GroupSettings settings,
            ConsumerGroupSettings consumerSettings,
            List<Assignor> assignors,
            Topics topics,
            GroupTimes times,
            UnaryOperator<String> faultOfRegex) {
        this.classic = new ClassicGroupRules(settings);
        DowngradeToClassic downgrade = new DowngradeToClassic(consumerSettings, settings.maxSize(), classic, topics);
        this.consumer = new ConsumerGroupRules(consumerSettings, assignors, topics, times, faultOfRegex, downgrade);
        this.classicMembers = new ClassicMembers(consumerSettings, classic, consumer, downgrade, topics);
        this.upgrade = new Upgrade(consumerSettings, consumer::hash, topics);
        this.steering = new GroupSteering(classic.steering(), consumer.steering(), topics);
    }

    /** What {@code event} makes of {@code group} at {@code nowMs}. */
    public Transition<? extends Group> apply(Group group, GroupEvent event, long nowMs) {
        if (event instanceof SteeringEvent steeringEvent) {
            return steering.apply(group, steeringEvent, nowMs);
        }
        if (group instanceof ClassicGroup classicGroup) {
            return event instanceof ConsumerGroupEvent consumerEvent
                    ? applyToClassic(classicGroup, consumerEvent, nowMs)
                    : classic.apply(classicGroup, event, nowMs);
        }
        if (group instanceof ConsumerGroup consumerGroup) {
            return event instanceof ClassicGroupEvent classicEvent
                    ? applyToConsumer(consumerGroup, classicEvent, nowMs)
                    : consumer.apply(consumerGroup, event, nowMs);
        }
        throw new IllegalStateException("unexpected " + group);
    }

    private Transition<? extends Group> applyToClassic(ClassicGroup group, ConsumerGroupEvent event, long nowMs) {
        if (event instanceof ConsumerGroupEvent.Heartbeat heartbeat) {
            return guarded(group, heartbeat, nowMs);
        } else if (event instanceof ConsumerGroupEvent.TopicsResolved
                || event instanceof ConsumerGroupEvent.ResolvingFailed) {
            // What a consumer group wanted to know, before it became this one.
            return new Transition<>(group, List.of());
        }
        throw new IllegalStateException("unexpected " + event);
    }

    private Transition<? extends Group> guarded(
            ClassicGroup group, ConsumerGroupEvent.Heartbeat heartbeat, long nowMs) {
        try {
            return upgraded(group, heartbeat, nowMs);
        } catch (BrokerException e) {
            return new Transition<>(
                    group, List.of(new GroupEffect.Answer(heartbeat.request(), ConsumerGroupRules.refusal(e))));
        }
    }

    private Transition<? extends Group> upgraded(
            ClassicGroup group, ConsumerGroupEvent.Heartbeat heartbeat, long nowMs) {
        if (group.isDead()) {
            throw new BrokerException(ErrorCode.COORDINATOR_NOT_AVAILABLE, null);
        }
        if (heartbeat.said().memberEpoch() != ConsumerHeartbeat.JOINING) {
            throw new BrokerException(
                    ErrorCode.GROUP_ID_NOT_FOUND, "Group " + group.groupId() + " is not a consumer group.");
        }
        Upgrade.Upgraded upgraded = group.isEmpty() ? upgrade.empty(group, nowMs) : upgrade.withMembers(group, nowMs);
        return consumer.join(upgraded.group(), heartbeat, nowMs, upgraded.records(), upgraded.effects());
    }

    private Transition<? extends Group> applyToConsumer(ConsumerGroup group, ClassicGroupEvent event, long nowMs) {
        return group.isDead()
                ? classic.apply(ClassicGroup.dead(group.groupId()), event, nowMs)
                : classicMembers.apply(group, event, nowMs);
    }
}
