// Package verbs is what the Go programs share: a verb and its options in, lines of JSON out (checks/conformance/README.md).
package verbs

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"
)

// Options are those of all verbs together.
type Options struct {
	Bootstrap  string
	Topic      string
	Partitions int32
	Partition  int32
	Acks       string
	Codec      string
	Idempotent bool
	MaxBytes   int32 `json:"max_bytes"`
	From       From
	Count      int
	Group      string
	Name       string
	Assignor   string
	Instance   string
	Protocol   string
	Regex      string
	SessionMs  int `json:"session_ms"`
	Isolation  string
	ID         string
	TimeoutMs  int `json:"timeout_ms"`
	Target     string
	Hold       bool
}

// Codec's name, none by default.
func (o Options) CodecName() string {
	if o.Codec == "" {
		return "none"
	}
	return o.Codec
}

// Session timeout in milliseconds.
func (o Options) Session() int {
	if o.SessionMs == 0 {
		return 6000
	}
	return o.SessionMs
}

// Timeout of transactions.
func (o Options) Timeout() time.Duration {
	if o.TimeoutMs == 0 {
		return time.Minute
	}
	return time.Duration(o.TimeoutMs) * time.Millisecond
}

// From is where to begin: a word, an offset or a timestamp.
type From struct {
	Word      string
	Offset    *int64
	Timestamp *int64
}

func (f *From) UnmarshalJSON(data []byte) error {
	if data[0] == '"' {
		return json.Unmarshal(data, &f.Word)
	}
	type places From
	return json.Unmarshal(data, (*places)(f))
}

// Header of a record: a pair in JSON.
type Header struct {
	Name  string
	Value []byte
}

func (h Header) MarshalJSON() ([]byte, error) { return json.Marshal([]any{h.Name, h.Value}) }

func (h *Header) UnmarshalJSON(data []byte) error {
	return json.Unmarshal(data, &[]any{&h.Name, &h.Value})
}

// Record as it travels between scenario and program; bytes are base64 in JSON, and nil is null.
type Record struct {
	Key       []byte   `json:"key"`
	Value     []byte   `json:"value"`
	Headers   []Header `json:"headers"`
	Timestamp *int64   `json:"timestamp"`
	Partition *int32   `json:"partition"`
	Offset    int64    `json:"offset"`
}

// Answer is one line of JSON.
type Answer = map[string]any

// Emit prints one line.
func Emit(answer any) {
	line, err := json.Marshal(answer)
	Must(err)
	os.Stdout.Write(append(line, '\n'))
}

// EmitPlace prints where a record is.
func EmitPlace(partition int32, offset int64) { Emit(Answer{"partition": partition, "offset": offset}) }

// EmitRecord prints a record that was read.
func EmitRecord(partition int32, offset int64, timestamp int64, record Record) {
	record.Partition, record.Offset, record.Timestamp = &partition, offset, &timestamp
	if record.Headers == nil {
		record.Headers = []Header{}
	}
	Emit(record)
}

// Records reads those on stdin.
func Records() []Record {
	var records []Record
	lines := bufio.NewReader(os.Stdin)
	for decoder := json.NewDecoder(lines); decoder.More(); {
		var record Record
		Must(decoder.Decode(&record))
		records = append(records, record)
	}
	return records
}

// Steps takes steps of a transaction from stdin, one a line: a name and, for some, records.
func Steps(take func(step string, records []Record) error) {
	for decoder := json.NewDecoder(os.Stdin); decoder.More(); {
		var step string
		var records []Record
		Must(decoder.Decode(&[]any{&step, &records}))
		if err := take(step, records); err != nil {
			EmitError(err)
		} else {
			Emit(Answer{"done": step})
		}
	}
}

// HoldIfAsked leaves the transaction open, and waits for the end of the process.
func HoldIfAsked(o Options, count int) {
	if o.Hold {
		Emit(Answer{"open": count})
		select {}
	}
}

// EmitError tells an error that the scenario judges.
func EmitError(err error) { Emit(Answer{"error": fmt.Sprintf("%T: %v", err, err)}) }

// Must ends the program with an error that the scenario judges.
func Must(err error) {
	if err != nil {
		EmitError(err)
		os.Exit(0)
	}
}

// Get is Must for a value.
func Get[T any](value T, err error) T {
	Must(err)
	return value
}

// Stop is closed by SIGTERM: a member is to leave its group.
func Stop() <-chan struct{} {
	asked, stop := make(chan os.Signal, 1), make(chan struct{})
	signal.Notify(asked, syscall.SIGTERM)
	go func() { <-asked; close(stop) }()
	return stop
}

// Main calls the verb that the command line names; the options are its last word.
func Main(verbs map[string]func(Options)) {
	words := os.Args[len(os.Args)-2:]
	verb, known := verbs[words[0]]
	if !known {
		Emit(Answer{"na": "the client has no " + words[0]})
		return
	}
	var options Options
	Must(json.Unmarshal([]byte(words[1]), &options))
	verb(options)
}

// Partition is what a topic's description tells of one partition.
func Partition(number, leader int32, replicas, isr []int32) Answer {
	return Answer{"partition": number, "leader": leader, "replicas": replicas, "isr": isr}
}
