package io.strikemq.adapter.kafka.api.acls;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.CreateAclsRequest;
import io.strikemq.adapter.kafka.message.CreateAclsResponse;
import io.strikemq.adapter.kafka.message.CreateAclsResponse.AclCreationResult;
import io.strikemq.domain.error.ErrorCode;
import java.util.Collections;

/** CreateAcls, versions 0 to 3 (KIP-140): nobody would obey them, so each is refused, SECURITY_DISABLED. */
public final class CreateAclsApi extends Api<CreateAclsRequest> {
    public CreateAclsApi() {
        super(ApiKey.CREATE_ACLS, CreateAclsRequest::read);
    }

    @Override
    public void handle(ApiCall<CreateAclsRequest> call) {
        call.fail(NoAuthorizer.refusal());
    }

    @Override
    public CreateAclsResponse refusal(CreateAclsRequest request, short version, ErrorCode error, String message) {
        AclCreationResult refused = AclCreationResult.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
        return CreateAclsResponse.builder()
                .results(Collections.nCopies(request.creations().size(), refused))
                .build();
    }
}
