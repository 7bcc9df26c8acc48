package io.strikemq.adapter.kafka.api.cluster;

import io.strikemq.adapter.kafka.api.Api;
import io.strikemq.adapter.kafka.api.ApiCall;
import io.strikemq.adapter.kafka.message.ApiKey;
import io.strikemq.adapter.kafka.message.UpdateFeaturesRequest;
import io.strikemq.adapter.kafka.message.UpdateFeaturesRequest.FeatureUpdateKey;
import io.strikemq.adapter.kafka.message.UpdateFeaturesResponse;
import io.strikemq.adapter.kafka.message.UpdateFeaturesResponse.UpdatableFeatureResult;
import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.feature.FeatureUpdate;
import io.strikemq.domain.port.in.ManageFeatures;
import io.strikemq.domain.topic.admin.Mode;

/**
 * UpdateFeatures, versions 0 to 2 (KIP-584, KIP-778): all updates are made or none.
 *
 * <p>An error is told for the whole, and success also for each feature up to version 1, by the text NONE as Kafka has
 * it. Whether version 0 allows a downgrade is not looked at, as in Kafka.
 */
public final class UpdateFeaturesApi extends Api<UpdateFeaturesRequest> {
    private static final short LAST_WITH_RESULTS = 1;

    private final ManageFeatures manageFeatures;

    public UpdateFeaturesApi(ManageFeatures manageFeatures) {
        super(ApiKey.UPDATE_FEATURES, UpdateFeaturesRequest::read);
        this.manageFeatures = manageFeatures;
    }

    @Override
    protected boolean mayWait() {
        return true;
    }

    @Override
    public void handle(ApiCall<UpdateFeaturesRequest> call) {
        UpdateFeaturesRequest request = call.request();
        manageFeatures.update(
                call.context(),
                each(request.featureUpdates(), UpdateFeaturesApi::update),
                request.validateOnly() ? Mode.VALIDATE_ONLY : Mode.APPLY);
        UpdateFeaturesResponse.Builder response =
                UpdateFeaturesResponse.builder().errorMessage(null);
        if (call.version() <= LAST_WITH_RESULTS) {
            response.results(each(
                    request.featureUpdates(),
                    update -> UpdatableFeatureResult.builder()
                            .feature(update.feature())
                            .errorMessage(ErrorCode.NONE.name())
                            .build()));
        }
        call.reply(response.build());
    }

    private static FeatureUpdate update(FeatureUpdateKey update) {
        return new FeatureUpdate(update.feature(), update.maxVersionLevel(), update.upgradeType());
    }

    @Override
    public UpdateFeaturesResponse refusal(
            UpdateFeaturesRequest request, short version, ErrorCode error, String message) {
        return UpdateFeaturesResponse.builder()
                .errorCode(error.code())
                .errorMessage(message)
                .build();
    }
}
