package io.strikemq.adapter.kafka.api.cluster;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.ApiVersionsRequest;
import io.strikemq.adapter.kafka.message.ApiVersionsResponse;
import io.strikemq.adapter.kafka.message.ApiVersionsResponse.ApiVersion;
import io.strikemq.adapter.kafka.message.ApiVersionsResponse.FinalizedFeatureKey;
import io.strikemq.adapter.kafka.message.ApiVersionsResponse.SupportedFeatureKey;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.port.in.DescribeCluster;
import io.strikemq.domain.port.in.ManageFeatures;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * ApiVersions, versions 0 to 5: exactly the APIs that are served, at all their stable versions.
 *
 * <p>A version that nobody knows is answered as version 0 with UNSUPPORTED_VERSION and the versions of this API
 * (KIP-511). Since 3 a client says what it is, in legal characters or it is an INVALID_REQUEST; since 5 it may say
 * which cluster and broker it wants (KIP-1242), both or none, and gets REBOOTSTRAP_REQUIRED when it has come to
 * another. Features are told since version 3 (KIP-584); those whose lowest level is 0 only since 4, as older clients cannot
 * read them.
 */
public final class ApiVersionsApi extends Api<ApiVersionsRequest> {
    private static final short FIRST_WITH_CLIENT = 3;
    private static final short FIRST_WITH_LEVEL_0 = 4;
    private static final short FIRST_WITH_CLUSTER = 5;
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9](?:[a-zA-Z0-9\\-.]*[a-zA-Z0-9])?");

    private final Supplier<List<ApiKey>> served;
    private final DescribeCluster describeCluster;
    private final ManageFeatures features;

    /** @param served all APIs that are advertised, this one too; asked at each call, as that may change */
    public ApiVersionsApi(Supplier<List<ApiKey>> served, DescribeCluster describeCluster, ManageFeatures features) {
        super(ApiKey.API_VERSIONS, ApiVersionsRequest::read);
        this.served = served;
        this.describeCluster = describeCluster;
        this.features = features;
    }

    @Override
    public void handle(ApiCall<ApiVersionsRequest> call) {
        ErrorCode error = check(call.request(), call.version(), call.context().brokerId());
        if (error != ErrorCode.NONE) {
            call.reply(refusal(call.request(), call.version(), error, null));
            return;
        }
        FinalizedFeatures finalized = features.finalized();
        List<Feature> told = Feature.supported().stream()
                .filter(feature -> feature.lowest() > 0 || call.version() >= FIRST_WITH_LEVEL_0)
                .toList();
        List<Feature> inUse = Feature.supported().stream()
                .filter(feature -> finalized.level(feature) > 0)
                .toList();
        call.reply(ApiVersionsResponse.builder()
                .apiKeys(each(served.get(), ApiVersionsApi::versions))
                .supportedFeatures(each(told, ApiVersionsApi::supported))
                .finalizedFeatures(each(inUse, feature -> level(feature, finalized.level(feature))))
                .finalizedFeaturesEpoch(finalized.epoch())
                .build());
    }

    private static SupportedFeatureKey supported(Feature feature) {
        return SupportedFeatureKey.builder()
                .name(feature.featureName())
                .minVersion(feature.lowest())
                .maxVersion(feature.highest())
                .build();
    }

    private static FinalizedFeatureKey level(Feature feature, short level) {
        return FinalizedFeatureKey.builder()
                .name(feature.featureName())
                .minVersionLevel(level)
                .maxVersionLevel(level)
                .build();
    }

    private ErrorCode check(ApiVersionsRequest request, short version, int brokerId) {
        if (version >= FIRST_WITH_CLIENT
                && !(LEGAL.matcher(request.clientSoftwareName()).matches()
                        && LEGAL.matcher(request.clientSoftwareVersion()).matches())) {
            return ErrorCode.INVALID_REQUEST;
        }
        boolean namesCluster = request.clusterId() != null;
        if (version < FIRST_WITH_CLUSTER || !namesCluster && request.nodeId() == -1) {
            return ErrorCode.NONE;
        }
        if (!namesCluster || request.nodeId() == -1) {
            return ErrorCode.INVALID_REQUEST;
        }
        boolean found = request.nodeId() == brokerId
                && request.clusterId().equals(describeCluster.describe().clusterId());
        return found ? ErrorCode.NONE : ErrorCode.REBOOTSTRAP_REQUIRED;
    }

    private static ApiVersion versions(ApiKey key) {
        return ApiVersion.builder()
                .apiKey(key.id())
                .minVersion(key.lowestVersion())
                .maxVersion(key.highestStableVersion())
                .build();
    }

    @Override
    public ApiVersionsResponse refusal(ApiVersionsRequest request, short version, ErrorCode error, String message) {
        List<ApiVersion> known = error == ErrorCode.UNSUPPORTED_VERSION ? List.of(versions(key())) : List.of();
        return ApiVersionsResponse.builder()
                .errorCode(error.code())
                .apiKeys(known)
                .build();
    }
}
