package io.strikemq.adapter.kafka.api.acls;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.DeleteAclsRequest;
import io.strikemq.adapter.kafka.message.DeleteAclsResponse;
import io.strikemq.adapter.kafka.message.DeleteAclsResponse.DeleteAclsFilterResult;
import io.strikemq.domain.error.ErrorCode;
import java.util.Collections;

/** DeleteAcls, versions 0 to 3 (KIP-140): there are none, so each filter is refused, SECURITY_DISABLED. */
public final class DeleteAclsApi extends Api<DeleteAclsRequest> {
    public DeleteAclsApi() {
        super(ApiKey.DELETE_ACLS, DeleteAclsRequest::read);
    }

    @Override
    public void handle(ApiCall<DeleteAclsRequest> call) {
        call.fail(NoAuthorizer.refusal());
    }

    @Override
    public DeleteAclsResponse refusal(DeleteAclsRequest request, short version, ErrorCode error, String message) {
        DeleteAclsFilterResult refused = DeleteAclsFilterResult.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
        return DeleteAclsResponse.builder()
                .filterResults(Collections.nCopies(request.filters().size(), refused))
                .build();
    }
}
