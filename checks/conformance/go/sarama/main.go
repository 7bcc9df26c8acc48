// IBM/sarama; SARAMA_VERSION is its Config.Version.
package main

import (
	"context"
	"net"
	"os"
	"strconv"
	"time"

	"github.com/IBM/sarama"

	. "strikemq/conformance/verbs"
)

var (
	codecs = map[string]sarama.CompressionCodec{"none": sarama.CompressionNone, "gzip": sarama.CompressionGZIP,
		"snappy": sarama.CompressionSnappy, "lz4": sarama.CompressionLZ4, "zstd": sarama.CompressionZSTD}
	assignors = map[string]sarama.BalanceStrategy{"range": sarama.NewBalanceStrategyRange(),
		"roundrobin": sarama.NewBalanceStrategyRoundRobin(), "sticky": sarama.NewBalanceStrategySticky(),
		"cooperative-sticky": sarama.NewBalanceStrategyCooperativeSticky()}
	version = Get(sarama.ParseKafkaVersion(os.Getenv("SARAMA_VERSION")))
)

func main() {
	Main(map[string]func(Options){"features": features, "metadata": metadata, "create": create, "describe": describe,
		"delete": deleteTopic, "produce": produce, "consume": consume, "member": member, "stream": stream, "transact": transact, "copy": copyRecords,
		"list-groups": listGroups, "describe-group": describeGroup, "group-offsets": groupOffsets,
		"delete-offsets": deleteOffsets, "delete-group": deleteGroup})
}

func features(Options) {
	known, strategies := []string{"gzip", "snappy", "lz4"}, []string{"range", "roundrobin", "sticky"}
	lacks := Answer{}
	if version.IsAtLeast(sarama.V2_1_0_0) {
		known = append(known, "zstd")
	} else {
		lacks["codec-zstd"] = "sarama writes zstd from Config.Version 2.1 on"
	}
	if !version.IsAtLeast(sarama.V2_3_0_0) {
		lacks["static"] = "sarama has static membership from Config.Version 2.3 on"
	}
	if version.IsAtLeast(sarama.V2_4_0_0) {
		strategies = append(strategies, "cooperative-sticky")
	} else {
		lacks["assignor-cooperative-sticky"] = "sarama has cooperative-sticky from Config.Version 2.4 on"
	}
	protocols := Answer{}
	for _, each := range strategies {
		protocols[each] = each
	}
	Emit(Answer{"codecs": known, "lacks": lacks, "reads": []string{"zstd"},
		"fenced": "old epoch|fenced", "assignors": protocols})
}

func config(o Options) *sarama.Config {
	config := sarama.NewConfig()
	config.Version = version
	config.ClientID = "conformance"
	if o.Name != "" {
		config.ClientID = o.Name
	}
	config.Metadata.Retry.Max, config.Metadata.Retry.Backoff = 60, 100*time.Millisecond
	return config
}

func client(o Options) sarama.Client { return Get(sarama.NewClient([]string{o.Bootstrap}, config(o))) }

func metadata(o Options) {
	client, brokers := client(o), []Answer{}
	for _, each := range client.Brokers() {
		host, port, err := net.SplitHostPort(each.Addr())
		Must(err)
		brokers = append(brokers, Answer{"id": each.ID(), "host": host, "port": Get(strconv.Atoi(port))})
	}
	Emit(Answer{"brokers": brokers, "partitions": len(Get(client.Partitions(o.Topic)))})
}

// placed sends a record to the partition that it names, and to the first one otherwise.
type placed struct{}

func (placed) RequiresConsistency() bool { return true }

func (placed) Partition(message *sarama.ProducerMessage, _ int32) (int32, error) {
	return message.Partition, nil
}

func produce(o Options) {
	config := config(o)
	config.Producer.RequiredAcks = map[string]sarama.RequiredAcks{"0": sarama.NoResponse, "1": sarama.WaitForLocal,
		"all": sarama.WaitForAll}[o.Acks]
	config.Producer.Compression = codecs[o.CodecName()]
	config.Producer.Partitioner = func(string) sarama.Partitioner { return placed{} }
	config.Producer.Return.Successes = true
	config.Producer.Flush.Frequency = 10 * time.Millisecond
	if o.MaxBytes > 0 {
		config.Producer.MaxMessageBytes = int(o.MaxBytes)
	}
	idempotent(config, o.Idempotent)
	messages := outgoing(o, Records())
	producer := Get(sarama.NewSyncProducer([]string{o.Bootstrap}, config))
	if err := producer.SendMessages(messages); err != nil {
		Must(err.(sarama.ProducerErrors)[0].Err)
	}
	for _, each := range messages {
		EmitPlace(each.Partition, each.Offset)
	}
	Must(producer.Close())
}

func outgoing(o Options, given []Record) []*sarama.ProducerMessage {
	var messages []*sarama.ProducerMessage
	for _, each := range given {
		message := &sarama.ProducerMessage{Topic: o.Topic, Key: bytes(each.Key), Value: bytes(each.Value)}
		for _, header := range each.Headers {
			message.Headers = append(message.Headers, sarama.RecordHeader{Key: []byte(header.Name), Value: header.Value})
		}
		if each.Timestamp != nil {
			message.Timestamp = time.UnixMilli(*each.Timestamp)
		}
		if each.Partition != nil {
			message.Partition = *each.Partition
		}
		messages = append(messages, message)
	}
	return messages
}

func idempotent(config *sarama.Config, wanted bool) {
	if wanted {
		config.Producer.Idempotent = true
		config.Producer.RequiredAcks = sarama.WaitForAll
		config.Net.MaxOpenRequests = 1
	}
}

func bytes(data []byte) sarama.Encoder {
	if data == nil {
		return nil
	}
	return sarama.ByteEncoder(data)
}

func consume(o Options) {
	config := config(o)
	if o.Isolation == "read_committed" {
		config.Consumer.IsolationLevel = sarama.ReadCommitted
	}
	client := Get(sarama.NewClient([]string{o.Bootstrap}, config))
	consumer := Get(sarama.NewConsumerFromClient(client))
	start := map[string]int64{"earliest": sarama.OffsetOldest, "latest": sarama.OffsetNewest}[o.From.Word]
	if o.From.Offset != nil {
		start = *o.From.Offset
	} else if o.From.Timestamp != nil {
		start = Get(client.GetOffset(o.Topic, 0, *o.From.Timestamp))
	}
	messages := make(chan *sarama.ConsumerMessage)
	for _, partition := range Get(consumer.Partitions(o.Topic)) {
		reader := Get(consumer.ConsumePartition(o.Topic, partition, start))
		go func() {
			for message := range reader.Messages() {
				messages <- message
			}
		}()
	}
	Emit(Answer{"ready": true})
	for range o.Count {
		m := <-messages
		record := Record{Key: m.Key, Value: m.Value}
		for _, header := range m.Headers {
			record.Headers = append(record.Headers, Header{Name: string(header.Key), Value: header.Value})
		}
		EmitRecord(m.Partition, m.Offset, m.Timestamp.UnixMilli(), record)
	}
}

// reading is what a member does with the partitions it is given.
type reading struct{}

func (reading) Setup(sarama.ConsumerGroupSession) error   { return nil }
func (reading) Cleanup(sarama.ConsumerGroupSession) error { return nil }

func (reading) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case message, open := <-claim.Messages():
			if !open {
				return nil
			}
			EmitPlace(message.Partition, message.Offset)
			session.MarkMessage(message, "")
		case <-session.Context().Done():
			return nil
		}
	}
}

func member(o Options) {
	config := config(o)
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	config.Consumer.Offsets.AutoCommit.Interval = 200 * time.Millisecond
	config.Consumer.Group.Session.Timeout = time.Duration(o.Session()) * time.Millisecond
	config.Consumer.Group.Heartbeat.Interval = 500 * time.Millisecond
	config.Consumer.Group.InstanceId = o.Instance
	if o.Assignor == "" {
		o.Assignor = "range"
	}
	config.Consumer.Group.Rebalance.GroupStrategies = []sarama.BalanceStrategy{assignors[o.Assignor]}
	group := Get(sarama.NewConsumerGroup([]string{o.Bootstrap}, o.Group, config))
	ctx, cancel := context.WithCancel(context.Background())
	go func() {
		<-Stop()
		cancel()
	}()
	for ctx.Err() == nil {
		if group.Consume(ctx, []string{o.Topic}, reading{}) != nil {
			time.Sleep(200 * time.Millisecond)
		}
	}
	group.Close()
}

func stream(o Options) {
	config := config(o)
	idempotent(config, true)
	config.Producer.Retry.Max, config.Producer.Retry.Backoff = 1000, 100*time.Millisecond
	config.Producer.Return.Successes = true
	producer := Get(sarama.NewAsyncProducer([]string{o.Bootstrap}, config))
	go func() {
		for number := range o.Count {
			producer.Input() <- &sarama.ProducerMessage{Topic: o.Topic, Value: sarama.StringEncoder(strconv.Itoa(number))}
			time.Sleep(time.Millisecond)
		}
	}()
	for range o.Count {
		select {
		case err := <-producer.Errors():
			Must(err.Err)
		case <-producer.Successes():
			Emit(Answer{"acked": 1})
		}
	}
	Must(producer.Close())
}
