package io.strikemq.domain.port.in;

import io.strikemq.domain.feature.FeatureUpdate;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;

/** Shows and changes which levels of features the cluster has agreed on (KIP-584). Callable from any thread. */
public interface ManageFeatures {
    /** The finalized levels; cheap. */
    FinalizedFeatures finalized();

    /**
     * Makes all of these updates or none; touches files.
     *
     * @throws io.strikemq.domain.error.BrokerException INVALID_UPDATE_VERSION, or KAFKA_STORAGE_ERROR
     */
    void update(RequestContext context, List<FeatureUpdate> updates, Mode mode);
}
