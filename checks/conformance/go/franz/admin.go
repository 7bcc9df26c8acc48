package main

import (
	"strconv"
	"strings"

	"github.com/twmb/franz-go/pkg/kadm"

	. "strikemq/conformance/verbs"
)

func admin(o Options) *kadm.Client { return kadm.NewClient(client(o)) }

func create(o Options) { Get(admin(o).CreateTopic(ctx, o.Partitions, 1, nil, o.Topic)) }

func describe(o Options) {
	partitions := []Answer{}
	for _, each := range Get(admin(o).ListTopics(ctx, o.Topic))[o.Topic].Partitions {
		Must(each.Err)
		partitions = append(partitions, Partition(each.Partition, each.Leader, each.Replicas, each.ISR))
	}
	Emit(Answer{"partitions": partitions})
}

func deleteTopic(o Options) { Must(Get(admin(o).DeleteTopics(ctx, o.Topic)).Error()) }

func listGroups(o Options) { Emit(Answer{"groups": Get(admin(o).ListGroups(ctx)).Groups()}) }

func describeGroup(o Options) {
	found, clients := Get(admin(o).DescribeGroups(ctx, o.Group))[o.Group], []string{}
	for _, each := range found.Members {
		clients = append(clients, each.ClientID)
	}
	Emit(Answer{"state": found.State, "members": clients})
}

func groupOffsets(o Options) {
	offsets := Answer{}
	Get(admin(o).FetchOffsets(ctx, o.Group)).Each(func(each kadm.OffsetResponse) {
		offsets[strings.Join([]string{each.Topic, strconv.Itoa(int(each.Partition))}, "-")] = each.At
	})
	Emit(Answer{"offsets": offsets})
}

func deleteOffsets(o Options) {
	var gone kadm.TopicsSet
	gone.Add(o.Topic, o.Partition)
	Must(Get(admin(o).DeleteOffsets(ctx, o.Group, gone)).Error())
}

func deleteGroup(o Options) { Get(admin(o).DeleteGroup(ctx, o.Group)) }
