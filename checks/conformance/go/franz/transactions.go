package main

import (
	"errors"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	. "strikemq/conformance/verbs"
)

func transactional(o Options) []kgo.Opt {
	return []kgo.Opt{kgo.TransactionalID(o.ID), kgo.TransactionTimeout(o.Timeout()), kgo.RecordPartitioner(asTold)}
}

func transact(o Options) {
	client := client(o, transactional(o)...)
	Steps(func(step string, records []Record) error {
		switch step {
		case "init":
			_, _, err := client.ProducerID(ctx)
			return err
		case "begin":
			return client.BeginTransaction()
		case "send":
			return client.ProduceSync(ctx, outgoing(o, records)...).FirstErr()
		case "commit":
			return client.EndTransaction(ctx, kgo.TryCommit)
		case "abort":
			return client.EndTransaction(ctx, kgo.TryAbort)
		}
		return errors.New(step)
	})
}

// copyRecords goes by kgo's session, which sends the group's offsets when it ends a transaction.
func copyRecords(o Options) {
	session := Get(kgo.NewGroupTransactSession(append(transactional(o), kgo.SeedBrokers(o.Bootstrap), kgo.ClientID(o.Name),
		kgo.ConsumerGroup(o.Group), kgo.ConsumeTopics(o.Topic), kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()),
		kgo.SessionTimeout(6*time.Second), kgo.HeartbeatInterval(500*time.Millisecond),
		kgo.FetchIsolationLevel(kgo.ReadCommitted()), kgo.RequireStableFetchOffsets())...))
	for left := o.Count; left > 0; {
		fetches := session.PollRecords(ctx, 10)
		Must(fetches.Err())
		Must(session.Begin())
		for _, each := range fetches.Records() {
			session.Produce(ctx, &kgo.Record{Topic: o.Target, Partition: each.Partition, Key: each.Key,
				Value: append(each.Value, '!')}, func(_ *kgo.Record, err error) { Must(err) })
		}
		Must(session.Client().Flush(ctx))
		HoldIfAsked(o, fetches.NumRecords())
		if Get(session.End(ctx, kgo.TryCommit)) {
			Emit(Answer{"copied": fetches.NumRecords()})
			left -= fetches.NumRecords()
		}
	}
	session.Close()
}
