// franz-go: kgo, and kadm in admin.go.
package main

import (
	"context"
	"strconv"
	"time"

	"github.com/twmb/franz-go/pkg/kgo"

	. "strikemq/conformance/verbs"
)

var (
	ctx    = context.Background()
	codecs = map[string]kgo.CompressionCodec{"none": kgo.NoCompression(), "gzip": kgo.GzipCompression(),
		"snappy": kgo.SnappyCompression(), "lz4": kgo.Lz4Compression(), "zstd": kgo.ZstdCompression()}
	assignors = map[string]kgo.GroupBalancer{"range": kgo.RangeBalancer(), "roundrobin": kgo.RoundRobinBalancer(),
		"sticky": kgo.StickyBalancer(), "cooperative-sticky": kgo.CooperativeStickyBalancer()}
)

func main() {
	Main(map[string]func(Options){"features": features, "metadata": metadata, "create": create, "describe": describe,
		"delete": deleteTopic, "produce": produce, "consume": consume, "member": member, "stream": stream, "transact": transact, "copy": copyRecords,
		"list-groups": listGroups, "describe-group": describeGroup, "group-offsets": groupOffsets,
		"delete-offsets": deleteOffsets, "delete-group": deleteGroup})
}

func features(Options) {
	Emit(Answer{"codecs": []string{"gzip", "snappy", "lz4", "zstd"}, "lacks": Answer{}, "protocols": []string{"classic", "consumer"}, "fenced": "PRODUCER_FENCED|INVALID_PRODUCER_EPOCH", "assignors": Answer{
		"range": "range", "roundrobin": "roundrobin", "sticky": "sticky", "cooperative-sticky": "cooperative-sticky"}})
}

func client(o Options, more ...kgo.Opt) *kgo.Client {
	return Get(kgo.NewClient(append(more, kgo.SeedBrokers(o.Bootstrap), kgo.ClientID(o.Name))...))
}

func metadata(o Options) {
	found := Get(admin(o).Metadata(ctx, o.Topic))
	brokers := []Answer{}
	for _, each := range found.Brokers {
		brokers = append(brokers, Answer{"id": each.NodeID, "host": each.Host, "port": each.Port})
	}
	Emit(Answer{"brokers": brokers, "partitions": len(found.Topics[o.Topic].Partitions)})
}

func producer(o Options) *kgo.Client {
	acks := map[string]kgo.Acks{"0": kgo.NoAck(), "1": kgo.LeaderAck(), "all": kgo.AllISRAcks()}[o.Acks]
	options := []kgo.Opt{kgo.RequiredAcks(acks), kgo.ProducerBatchCompression(codecs[o.CodecName()]),
		kgo.RecordPartitioner(asTold)}
	if !o.Idempotent {
		options = append(options, kgo.DisableIdempotentWrite())
	}
	if o.MaxBytes > 0 {
		options = append(options, kgo.ProducerBatchMaxBytes(o.MaxBytes))
	}
	return client(o, options...)
}

// asTold sends a record to the partition that it names.
var asTold = kgo.BasicConsistentPartitioner(func(string) func(*kgo.Record, int) int {
	return func(record *kgo.Record, _ int) int { return int(record.Partition) }
})

func outgoing(o Options, given []Record) []*kgo.Record {
	var records []*kgo.Record
	for _, each := range given {
		record := &kgo.Record{Topic: o.Topic, Key: each.Key, Value: each.Value}
		for _, header := range each.Headers {
			record.Headers = append(record.Headers, kgo.RecordHeader{Key: header.Name, Value: header.Value})
		}
		if each.Partition != nil {
			record.Partition = *each.Partition
		}
		if each.Timestamp != nil {
			record.Timestamp = time.UnixMilli(*each.Timestamp)
		}
		records = append(records, record)
	}
	return records
}

func produce(o Options) {
	records, client := outgoing(o, Records()), producer(o)
	for _, result := range client.ProduceSync(ctx, records...) {
		Must(result.Err)
		EmitPlace(result.Record.Partition, result.Record.Offset)
	}
	client.Close()
}

func consume(o Options) {
	start := kgo.NewOffset()
	switch {
	case o.From.Word == "earliest":
		start = start.AtStart()
	case o.From.Word == "latest":
		start = start.AtEnd()
	case o.From.Offset != nil:
		start = start.At(*o.From.Offset)
	default:
		start = start.AfterMilli(*o.From.Timestamp)
	}
	isolation := kgo.ReadUncommitted()
	if o.Isolation == "read_committed" {
		isolation = kgo.ReadCommitted()
	}
	client := client(o, kgo.ConsumeTopics(o.Topic), kgo.ConsumeResetOffset(start), kgo.FetchIsolationLevel(isolation))
	Emit(Answer{"ready": true})
	for left := o.Count; left > 0; {
		fetches := client.PollRecords(ctx, left)
		Must(fetches.Err())
		fetches.EachRecord(func(r *kgo.Record) {
			record := Record{Key: r.Key, Value: r.Value}
			for _, header := range r.Headers {
				record.Headers = append(record.Headers, Header{Name: header.Key, Value: header.Value})
			}
			EmitRecord(r.Partition, r.Offset, r.Timestamp.UnixMilli(), record)
			left--
		})
	}
	client.Close()
}

func member(o Options) {
	if o.Assignor == "" {
		o.Assignor = "range"
	}
	options := []kgo.Opt{kgo.ConsumerGroup(o.Group), kgo.Balancers(assignors[o.Assignor]),
		kgo.ConsumeResetOffset(kgo.NewOffset().AtStart()), kgo.SessionTimeout(time.Duration(o.Session()) * time.Millisecond),
		kgo.HeartbeatInterval(500 * time.Millisecond), kgo.DisableAutoCommit(), kgo.BlockRebalanceOnPoll()}
	if o.Instance != "" {
		options = append(options, kgo.InstanceID(o.Instance))
	}
	if o.Protocol == "consumer" {
		options = append(options, kgo.ServerSideBalancer())
	}
	if o.Regex != "" {
		options = append(options, kgo.ConsumeTopics(o.Regex), kgo.ConsumeRegex())
	} else {
		options = append(options, kgo.ConsumeTopics(o.Topic))
	}
	client, stop := client(o, options...), Stop()
	for {
		select {
		case <-stop:
			client.CloseAllowingRebalance()
			return
		default:
			poll(client)
		}
	}
}

func poll(client *kgo.Client) {
	brief, cancel := context.WithTimeout(ctx, 200*time.Millisecond)
	defer cancel()
	client.PollFetches(brief).EachRecord(func(r *kgo.Record) {
		Emit(Answer{"topic": r.Topic, "partition": r.Partition, "offset": r.Offset})
	})
	patient, done := context.WithTimeout(ctx, 2*time.Second)
	defer done()
	_ = client.CommitUncommittedOffsets(patient) // the group may move on: what is read twice then was not missed
	client.AllowRebalance()
}

func stream(o Options) {
	client := client(o)
	for number := range o.Count {
		client.Produce(ctx, &kgo.Record{Topic: o.Topic, Value: []byte(strconv.Itoa(number))}, func(_ *kgo.Record, err error) {
			Must(err)
			Emit(Answer{"acked": 1})
		})
		time.Sleep(time.Millisecond)
	}
	Must(client.Flush(ctx))
}
