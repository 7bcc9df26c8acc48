package io.strikemq.adapter.kafka;

import io.strikemq.domain.port.in.CommitOffsets;
import io.strikemq.domain.port.in.DeleteRecords;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.DescribeLogDirs;
import io.strikemq.domain.port.in.DescribeTopics;
import io.strikemq.domain.port.in.FetchRecords;
import io.strikemq.domain.port.in.InitProducer;
import io.strikemq.domain.port.in.InspectGroups;
import io.strikemq.domain.port.in.LookUpOffsets;
import io.strikemq.domain.port.in.ManageConfigs;
import io.strikemq.domain.port.in.ManageTopics;
import io.strikemq.domain.port.in.ParticipateInGroup;
import io.strikemq.domain.port.in.ProduceRecords;

/** All that this adapter asks of the broker. */
public record InboundPorts(
        ProduceRecords produceRecords,
        FetchRecords fetchRecords,
        LookUpOffsets lookUpOffsets,
        DeleteRecords deleteRecords,
        InitProducer initProducer,
        DescribeTopics describeTopics,
        ManageTopics manageTopics,
        ManageConfigs manageConfigs,
        DescribeCluster describeCluster,
        DescribeLogDirs describeLogDirs,
        ParticipateInGroup participateInGroup,
        CommitOffsets commitOffsets,
        InspectGroups inspectGroups) {}
