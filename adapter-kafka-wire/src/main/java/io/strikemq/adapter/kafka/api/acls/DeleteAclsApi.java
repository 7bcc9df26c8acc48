package io.strikemq.adapter.kafka.api.acls;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DeleteAclsRequest;
import io.strikemq.adapter.kafka.message.DeleteAclsResponse;
import io.strikemq.adapter.kafka.message.DeleteAclsResponse.DeleteAclsFilterResult;
import io.strikemq.adapter.kafka.wire.ResponseMessage;
import io.strikemq.adapter.kafka.wire.WireReader;
import io.strikemq.domain.error.ErrorCode;
import java.util.Collections;

/** DeleteAcls, versions 0 to 3 (KIP-140): there are none, so each filter is refused, SECURITY_DISABLED. */
public final class DeleteAclsApi implements Api<DeleteAclsRequest> {
    @Override
    public ApiKey key() {
        return ApiKey.DELETE_ACLS;
    }

    @Override
    public DeleteAclsRequest read(WireReader in, short version) {
        return DeleteAclsRequest.read(in, version);
    }

    @Override
    public void handle(ApiCall<DeleteAclsRequest> call) {
        call.fail(NoAuthorizer.refusal());
    }

    @Override
    public ResponseMessage refusal(DeleteAclsRequest request, short version, ErrorCode error, String message) {
        DeleteAclsFilterResult refused = DeleteAclsFilterResult.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
        return DeleteAclsResponse.builder()
                .filterResults(Collections.nCopies(request.filters().size(), refused))
                .build();
    }
}
