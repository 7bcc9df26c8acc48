package io.strikemq.adapter.kafka.api.acls;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeAclsRequest;
import io.strikemq.adapter.kafka.message.DescribeAclsResponse;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;

/** DescribeAcls, versions 0 to 3 (KIP-140): there are none, SECURITY_DISABLED. */
public final class DescribeAclsApi implements Api<DescribeAclsRequest> {
    @Override
    public ApiKey key() {
        return ApiKey.DESCRIBE_ACLS;
    }

    @Override
    public DescribeAclsRequest read(WireReader in, short version) {
        return DescribeAclsRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<DescribeAclsRequest> call) {
        call.fail(NoAuthorizer.refusal());
    }

    @Override
    public ResponseMessage refusal(DescribeAclsRequest request, short version, ErrorCode error, String message) {
        return DescribeAclsResponse.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }
}
