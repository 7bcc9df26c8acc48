package main

import (
	"fmt"
	"time"

	"github.com/segmentio/kafka-go"

	. "strikemq/conformance/verbs"
)

func client(o Options) *kafka.Client {
	return &kafka.Client{Addr: kafka.TCP(o.Bootstrap), Timeout: 20 * time.Second}
}

func create(o Options) {
	config := kafka.TopicConfig{Topic: o.Topic, NumPartitions: int(o.Partitions), ReplicationFactor: 1}
	Must(Get(client(o).CreateTopics(ctx, &kafka.CreateTopicsRequest{Topics: []kafka.TopicConfig{config}})).Errors[o.Topic])
}

func describe(o Options) {
	partitions := []Answer{}
	found := Get(client(o).Metadata(ctx, &kafka.MetadataRequest{Topics: []string{o.Topic}})).Topics[0]
	for _, each := range found.Partitions {
		Must(each.Error)
		partitions = append(partitions, Partition(int32(each.ID), int32(each.Leader.ID), ids(each.Replicas), ids(each.Isr)))
	}
	Emit(Answer{"partitions": partitions})
}

func ids(brokers []kafka.Broker) []int32 {
	found := []int32{}
	for _, each := range brokers {
		found = append(found, int32(each.ID))
	}
	return found
}

func deleteTopic(o Options) {
	Must(Get(client(o).DeleteTopics(ctx, &kafka.DeleteTopicsRequest{Topics: []string{o.Topic}})).Errors[o.Topic])
}

func listGroups(o Options) {
	names := []string{}
	for _, each := range Get(client(o).ListGroups(ctx, &kafka.ListGroupsRequest{})).Groups {
		names = append(names, each.GroupID)
	}
	Emit(Answer{"groups": names})
}

func describeGroup(o Options) {
	found := Get(client(o).DescribeGroups(ctx, &kafka.DescribeGroupsRequest{GroupIDs: []string{o.Group}})).Groups[0]
	Must(found.Error)
	clients := []string{}
	for _, each := range found.Members {
		clients = append(clients, each.ClientID)
	}
	Emit(Answer{"state": found.GroupState, "members": clients})
}

func groupOffsets(o Options) {
	asked := map[string][]int{o.Topic: {0}}
	found := Get(client(o).OffsetFetch(ctx, &kafka.OffsetFetchRequest{GroupID: o.Group, Topics: asked}))
	offsets := Answer{}
	for topic, partitions := range found.Topics {
		for _, each := range partitions {
			offsets[fmt.Sprintf("%s-%d", topic, each.Partition)] = each.CommittedOffset
		}
	}
	Emit(Answer{"offsets": offsets})
}

func deleteOffsets(o Options) {
	gone := map[string][]int{o.Topic: {int(o.Partition)}}
	answer := Get(client(o).OffsetDelete(ctx, &kafka.OffsetDeleteRequest{GroupID: o.Group, Topics: gone}))
	Must(answer.Error)
	Must(answer.Topics[o.Topic][0].Error)
}

func deleteGroup(o Options) {
	Must(Get(client(o).DeleteGroups(ctx, &kafka.DeleteGroupsRequest{GroupIDs: []string{o.Group}})).Errors[o.Group])
}
