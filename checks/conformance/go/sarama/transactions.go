package main

import (
	"context"
	"errors"
	"os"
	"time"

	"github.com/IBM/sarama"

	. "strikemq/conformance/verbs"
)

// transactional opens a producer, which makes itself known to the coordinator at once.
func transactional(o Options) (sarama.SyncProducer, error) {
	config := config(o)
	idempotent(config, true)
	config.Producer.Transaction.ID, config.Producer.Transaction.Timeout = o.ID, o.Timeout()
	config.Producer.Partitioner = func(string) sarama.Partitioner { return placed{} }
	config.Producer.Return.Successes = true
	return sarama.NewSyncProducer([]string{o.Bootstrap}, config)
}

func transact(o Options) {
	var producer sarama.SyncProducer
	Steps(func(step string, records []Record) (err error) {
		switch step {
		case "init":
			producer, err = transactional(o)
			return err
		case "begin":
			return producer.BeginTxn()
		case "send":
			return send(producer, outgoing(o, records))
		case "commit":
			return producer.CommitTxn()
		case "abort":
			return producer.AbortTxn()
		}
		return errors.New(step)
	})
}

func send(producer sarama.SyncProducer, messages []*sarama.ProducerMessage) error {
	err := producer.SendMessages(messages)
	if failed := (sarama.ProducerErrors)(nil); errors.As(err, &failed) {
		return failed[0].Err
	}
	return err
}

// copying is what the copier does with the partitions it is given.
type copying struct {
	reading
	options  Options
	producer sarama.SyncProducer
	left     chan int
}

func copyRecords(o Options) {
	config := config(o)
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.Offsets.AutoCommit.Enable = false
	config.Consumer.IsolationLevel = sarama.ReadCommitted
	config.Consumer.Group.Session.Timeout, config.Consumer.Group.Heartbeat.Interval = 6*time.Second, 500*time.Millisecond
	copier := copying{options: o, producer: Get(transactional(o)), left: make(chan int, 1)}
	copier.left <- o.Count
	group := Get(sarama.NewConsumerGroup([]string{o.Bootstrap}, o.Group, config))
	for {
		Must(group.Consume(context.Background(), []string{o.Topic}, copier))
	}
}

// ConsumeClaim copies each record in a transaction of its own; one partition at a time, since they share the producer.
func (c copying) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case message := <-claim.Messages():
			left := <-c.left
			c.copy(session, message)
			if left == 1 {
				os.Exit(0)
			}
			c.left <- left - 1
		case <-session.Context().Done():
			return nil
		}
	}
}

func (c copying) copy(session sarama.ConsumerGroupSession, message *sarama.ConsumerMessage) {
	Must(c.producer.BeginTxn())
	Must(send(c.producer, []*sarama.ProducerMessage{{Topic: c.options.Target, Partition: message.Partition,
		Value: sarama.ByteEncoder(append(message.Value, '!'))}}))
	member := sarama.NewConsumerGroupMetadataFromSession(session, c.options.Group, nil)
	Must(c.producer.AddMessageToTxnWithGroupMetadata(message, member, nil))
	HoldIfAsked(c.options, 1)
	Must(c.producer.CommitTxn())
	Emit(Answer{"copied": 1})
}
