package main

import (
	"fmt"

	"github.com/IBM/sarama"

	. "strikemq/conformance/verbs"
)

func admin(o Options) sarama.ClusterAdmin { return Get(sarama.NewClusterAdminFromClient(client(o))) }

func create(o Options) {
	Must(admin(o).CreateTopic(o.Topic, &sarama.TopicDetail{NumPartitions: o.Partitions, ReplicationFactor: 1}, false))
}

func describe(o Options) {
	partitions := []Answer{}
	for _, each := range Get(admin(o).DescribeTopics([]string{o.Topic}))[0].Partitions {
		partitions = append(partitions, Partition(each.ID, each.Leader, each.Replicas, each.Isr))
	}
	Emit(Answer{"partitions": partitions})
}

func deleteTopic(o Options) { Must(admin(o).DeleteTopic(o.Topic)) }

func listGroups(o Options) {
	names := []string{}
	for name := range Get(admin(o).ListConsumerGroups()) {
		names = append(names, name)
	}
	Emit(Answer{"groups": names})
}

func describeGroup(o Options) {
	found, clients := Get(admin(o).DescribeConsumerGroups([]string{o.Group}))[0], []string{}
	for _, each := range found.Members {
		clients = append(clients, each.ClientId)
	}
	Emit(Answer{"state": found.State, "members": clients})
}

func groupOffsets(o Options) {
	found := Get(admin(o).ListConsumerGroupOffsets(o.Group, map[string][]int32{o.Topic: {0}}))
	offsets := Answer{}
	for topic, partitions := range found.Blocks {
		for partition, block := range partitions {
			offsets[fmt.Sprintf("%s-%d", topic, partition)] = block.Offset
		}
	}
	Emit(Answer{"offsets": offsets})
}

func deleteOffsets(o Options) {
	if !version.IsAtLeast(sarama.V2_4_0_0) {
		Emit(Answer{"na": "sarama deletes offsets from Config.Version 2.4 on"})
		return
	}
	Must(admin(o).DeleteConsumerGroupOffset(o.Group, o.Topic, o.Partition))
}

func deleteGroup(o Options) {
	if !version.IsAtLeast(sarama.V1_1_0_0) {
		Emit(Answer{"na": "sarama deletes groups from Config.Version 1.1 on"})
		return
	}
	Must(admin(o).DeleteConsumerGroup(o.Group))
}
