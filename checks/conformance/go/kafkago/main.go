// segmentio/kafka-go.
package main

import (
	"context"
	"errors"
	"io"
	"strconv"
	"time"

	"github.com/segmentio/kafka-go"

	. "strikemq/conformance/verbs"
)

var (
	ctx    = context.Background()
	codecs = map[string]kafka.Compression{"none": 0, "gzip": kafka.Gzip, "snappy": kafka.Snappy, "lz4": kafka.Lz4,
		"zstd": kafka.Zstd}
	assignors = map[string]kafka.GroupBalancer{"": kafka.RangeGroupBalancer{}, "range": kafka.RangeGroupBalancer{},
		"roundrobin": kafka.RoundRobinGroupBalancer{}, "rack-affinity": kafka.RackAffinityGroupBalancer{Rack: "a"}}
)

func main() {
	Main(map[string]func(Options){"features": features, "metadata": metadata, "create": create, "describe": describe,
		"delete": deleteTopic, "produce": produce, "consume": consume, "member": member, "stream": stream,
		"list-groups": listGroups, "describe-group": describeGroup, "group-offsets": groupOffsets,
		"delete-offsets": deleteOffsets, "delete-group": deleteGroup})
}

func features(Options) {
	Emit(Answer{"codecs": []string{"gzip", "snappy", "lz4", "zstd"},
		"assignors": Answer{"range": "range", "roundrobin": "roundrobin", "rack-affinity": "rack-affinity"},
		"lacks": Answer{"empty-or-null": "kafka-go's Reader reads an empty key, value or header as null",
			"static":             "kafka-go's Reader has no static membership",
			"idempotent":         "kafka-go's Writer has no idempotent producer",
			"transactions":       "kafka-go's Writer has no transactions",
			"reads-transactions": "kafka-go's Reader shows aborted records and the markers of transactions, whatever its isolation level"}})
}

func metadata(o Options) {
	found := Get(client(o).Metadata(ctx, &kafka.MetadataRequest{Topics: []string{o.Topic}}))
	brokers := []Answer{}
	for _, each := range found.Brokers {
		brokers = append(brokers, Answer{"id": each.ID, "host": each.Host, "port": each.Port})
	}
	Emit(Answer{"brokers": brokers, "partitions": len(found.Topics[0].Partitions)})
}

func produce(o Options) {
	var messages []kafka.Message
	for _, each := range Records() {
		message := kafka.Message{Key: each.Key, Value: each.Value}
		for _, header := range each.Headers {
			message.Headers = append(message.Headers, kafka.Header{Key: header.Name, Value: header.Value})
		}
		if each.Timestamp != nil {
			message.Time = time.UnixMilli(*each.Timestamp)
		}
		if each.Partition != nil {
			message.WriterData = int(*each.Partition)
		}
		messages = append(messages, message)
	}
	limit := int64(o.MaxBytes)
	writer := &kafka.Writer{Addr: kafka.TCP(o.Bootstrap), Topic: o.Topic, Compression: codecs[o.CodecName()],
		BatchBytes: limit, BatchTimeout: 20 * time.Millisecond, MaxAttempts: 3,
		RequiredAcks: map[string]kafka.RequiredAcks{"0": kafka.RequireNone, "1": kafka.RequireOne, "all": kafka.RequireAll}[o.Acks],
		Balancer: kafka.BalancerFunc(func(m kafka.Message, partitions ...int) int {
			if chosen, ok := m.WriterData.(int); ok {
				return chosen
			}
			return partitions[0]
		}),
		Completion: func(done []kafka.Message, err error) {
			Must(err)
			for _, each := range done {
				EmitPlace(int32(each.Partition), each.Offset)
			}
		}}
	err := writer.WriteMessages(ctx, messages...)
	var all kafka.WriteErrors
	if errors.As(err, &all) {
		err = all[0]
	}
	Must(err)
	Must(writer.Close())
}

func consume(o Options) {
	partitions := Get(kafka.LookupPartitions(ctx, "tcp", o.Bootstrap, o.Topic))
	messages, failures := make(chan kafka.Message), make(chan error)
	for _, each := range partitions {
		reader := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{o.Bootstrap}, Topic: o.Topic, Partition: each.ID,
			MaxBytes: 4 << 20, MaxWait: 100 * time.Millisecond})
		seek(reader, o.From)
		go func() {
			for {
				message, err := reader.ReadMessage(ctx)
				if err != nil {
					failures <- err
					return
				}
				messages <- message
			}
		}()
	}
	Emit(Answer{"ready": true})
	for range o.Count {
		select {
		case err := <-failures:
			Must(err)
		case m := <-messages:
			emit(m)
		}
	}
}

func emit(m kafka.Message) {
	record := Record{Key: m.Key, Value: m.Value}
	for _, header := range m.Headers {
		record.Headers = append(record.Headers, Header{Name: header.Key, Value: header.Value})
	}
	EmitRecord(int32(m.Partition), m.Offset, m.Time.UnixMilli(), record)
}

func seek(reader *kafka.Reader, from From) {
	switch {
	case from.Word == "earliest":
		Must(reader.SetOffset(kafka.FirstOffset))
	case from.Word == "latest":
		Must(reader.SetOffset(kafka.LastOffset))
	case from.Offset != nil:
		Must(reader.SetOffset(*from.Offset))
	default:
		Must(reader.SetOffsetAt(ctx, time.UnixMilli(*from.Timestamp)))
	}
}

func member(o Options) {
	reader := kafka.NewReader(kafka.ReaderConfig{Brokers: []string{o.Bootstrap}, GroupID: o.Group, Topic: o.Topic,
		Dialer:         &kafka.Dialer{ClientID: o.Name, Timeout: 5 * time.Second},
		SessionTimeout: time.Duration(o.Session()) * time.Millisecond, HeartbeatInterval: 500 * time.Millisecond,
		StartOffset: kafka.FirstOffset, GroupBalancers: []kafka.GroupBalancer{assignors[o.Assignor]},
		MaxWait: 200 * time.Millisecond, JoinGroupBackoff: 500 * time.Millisecond})
	stop := Stop()
	go func() {
		<-stop
		reader.Close()
	}()
	for {
		message, err := reader.FetchMessage(ctx)
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			EmitPlace(int32(message.Partition), message.Offset)
			commit(reader, message)
		}
	}
}

// commit is given a time, since kafka-go waits forever when its group moves on or its reader is closed in the meantime.
// What is read twice then was not missed.
func commit(reader *kafka.Reader, message kafka.Message) {
	brief, cancel := context.WithTimeout(ctx, 2*time.Second)
	defer cancel()
	_ = reader.CommitMessages(brief, message)
}

func stream(o Options) {
	writer := &kafka.Writer{Addr: kafka.TCP(o.Bootstrap), Topic: o.Topic, RequiredAcks: kafka.RequireAll, MaxAttempts: 100,
		WriteBackoffMax: 200 * time.Millisecond, BatchTimeout: 5 * time.Millisecond, Async: true,
		Completion: func(done []kafka.Message, err error) {
			Must(err)
			Emit(Answer{"acked": len(done)})
		}}
	for number := range o.Count {
		for writer.WriteMessages(ctx, kafka.Message{Value: []byte(strconv.Itoa(number))}) != nil { // its topic is looked up first
			time.Sleep(50 * time.Millisecond)
		}
		time.Sleep(time.Millisecond)
	}
	Must(writer.Close())
}
