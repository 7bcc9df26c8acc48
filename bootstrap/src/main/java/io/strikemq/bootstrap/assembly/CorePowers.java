package io.strikemq.bootstrap.assembly;

import io.strikemq.adapter.kafka.InboundPorts;
import io.strikemq.domain.port.in.FenceProducers;
import io.strikemq.domain.port.in.PutRecords;
import io.strikemq.domain.port.in.ResetOffsets;
import io.strikemq.domain.port.in.SteerGroups;

/** The powers over what a core knows of: another core has others. {@code resets} are what any client may do besides. */
record CorePowers(SteerGroups groups, FenceProducers producers, PutRecords records, ResetOffsets resets) {
    static CorePowers of(InboundPorts ports, Basis basis, Coordinators coordinators) {
        ResetOffsets resets = GroupsModule.resets(
                ports.groups().inspect(),
                ports.groups().commitOffsets(),
                GroupsModule.commitsUnderMembers(
                        coordinators.groups, basis.registry, coordinators.groupSettings, basis.clock, basis.workers),
                ports.records().lookUpOffsets(),
                basis.registry);
        return new CorePowers(
                GroupsModule.steering(coordinators.groups, resets, basis.identifiers),
                TransactionsModule.fencing(coordinators.transactions, coordinators.coordination),
                RecordsModule.putting(
                        basis.describeTopics, basis.partitions, ports.records().fetch(), basis.codecs, basis.clock),
                resets);
    }
}
