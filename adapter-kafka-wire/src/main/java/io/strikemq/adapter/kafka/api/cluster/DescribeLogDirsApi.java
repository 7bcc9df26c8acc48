package io.strikemq.adapter.kafka.api.cluster;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.api.Runs;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeLogDirsRequest;
import io.strikemq.adapter.kafka.message.DescribeLogDirsResponse;
import io.strikemq.adapter.kafka.message.DescribeLogDirsResponse.DescribeLogDirsPartition;
import io.strikemq.adapter.kafka.message.DescribeLogDirsResponse.DescribeLogDirsResult;
import io.strikemq.adapter.kafka.message.DescribeLogDirsResponse.DescribeLogDirsTopic;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.log.LogDir;
import io.strikemq.domain.log.LogDir.LogSize;
import io.strikemq.domain.port.in.DescribeLogDirs;
import io.strikemq.domain.topic.TopicPartition;
import java.util.List;

/**
 * DescribeLogDirs, versions 0 to 5 (KIP-113, KIP-827). There is one directory, never a log on its way to another one,
 * and a directory is never cordoned (KIP-1066).
 */
public final class DescribeLogDirsApi extends Api<DescribeLogDirsRequest> {
    private final DescribeLogDirs describeLogDirs;

    public DescribeLogDirsApi(DescribeLogDirs describeLogDirs) {
        super(ApiKey.DESCRIBE_LOG_DIRS, DescribeLogDirsRequest::read);
        this.describeLogDirs = describeLogDirs;
    }

    @Override
    public void handle(ApiCall<DescribeLogDirsRequest> call) {
        DescribeLogDirsRequest request = call.request();
        call.replyWhen(
                request.topics() == null
                        ? describeLogDirs.allLogs(call.context())
                        : describeLogDirs.logsOf(call.context(), partitions(request)),
                dir -> DescribeLogDirsResponse.builder()
                        .results(List.of(result(dir)))
                        .build());
    }

    private static List<TopicPartition> partitions(DescribeLogDirsRequest request) {
        return request.topics().stream()
                .flatMap(topic ->
                        topic.partitions().stream().map(partition -> new TopicPartition(topic.topic(), partition)))
                .toList();
    }

    private static DescribeLogDirsResult result(LogDir dir) {
        return DescribeLogDirsResult.builder()
                .logDir(dir.volume().directory())
                .topics(Runs.by(log -> log.partition().topic(), dir.logs()).stream()
                        .map(DescribeLogDirsApi::topic)
                        .toList())
                .totalBytes(dir.volume().totalBytes())
                .usableBytes(dir.volume().usableBytes())
                .build();
    }

    private static DescribeLogDirsTopic topic(List<LogSize> logs) {
        return DescribeLogDirsTopic.builder()
                .name(logs.get(0).partition().topic())
                .partitions(each(
                        logs,
                        log -> DescribeLogDirsPartition.builder()
                                .partitionIndex(log.partition().partition())
                                .partitionSize(log.sizeInBytes())
                                .build()))
                .build();
    }

    /** Before version 3 only directories have errors, and clients take no directory for a lack of rights. */
    @Override
    public DescribeLogDirsResponse refusal(
            DescribeLogDirsRequest request, short version, ErrorCode error, String message) {
        return version >= 3
                ? DescribeLogDirsResponse.builder().errorCode(error.code()).build()
                : DescribeLogDirsResponse.builder()
                        .results(List.of(DescribeLogDirsResult.builder()
                                .errorCode(error.code())
                                .logDir("")
                                .build()))
                        .build();
    }
}
