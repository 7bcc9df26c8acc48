package io.strikemq.adapter.kafka.api.acls;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DescribeAclsRequest;
import io.strikemq.adapter.kafka.message.DescribeAclsResponse;
import io.strikemq.domain.error.ErrorCode;

/** DescribeAcls, versions 0 to 3 (KIP-140): there are none, SECURITY_DISABLED. */
public final class DescribeAclsApi extends Api<DescribeAclsRequest> {
    public DescribeAclsApi() {
        super(ApiKey.DESCRIBE_ACLS, DescribeAclsRequest::read);
    }

    @Override
    public void handle(ApiCall<DescribeAclsRequest> call) {
        call.fail(NoAuthorizer.nothingToDescribe());
    }

    @Override
    public DescribeAclsResponse refusal(DescribeAclsRequest request, short version, ErrorCode error, String message) {
        return DescribeAclsResponse.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }
}
