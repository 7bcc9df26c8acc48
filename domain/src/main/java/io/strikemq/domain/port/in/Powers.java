package io.strikemq.domain.port.in;

/** What a test may do to a broker, beyond what Kafka's protocol has for it; also by HTTP, under the same names. */
public record Powers(
        InjectFaults faults,
        DriveClock clock,
        AwaitState await,
        ReadJournal journal,
        SteerGroups groups,
        FenceProducers producers,
        PutRecords records,
        ResetBroker reset,
        TakeSnapshots snapshots) {}
