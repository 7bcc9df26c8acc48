package io.strikemq.application.feature;

import io.strikemq.domain.feature.Feature;
import io.strikemq.domain.feature.FeatureRules;
import io.strikemq.domain.feature.FeatureUpdate;
import io.strikemq.domain.feature.FinalizedFeatures;
import io.strikemq.domain.port.in.ManageFeatures;
import io.strikemq.domain.port.out.ClusterStore;
import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;

/** The finalized features: in memory for whoever asks, and in the store before anybody sees a change. */
public final class FeatureAdministration implements ManageFeatures {
    private final ClusterStore store;
    /** Replaced as a whole, by one thread at a time. */
    private volatile FinalizedFeatures current;

    private volatile Runnable changed = () -> {};

    /** Those that the store has, or the usual ones. */
    public FeatureAdministration(ClusterStore store) {
        this.store = store;
        this.current = store.features().orElse(FinalizedFeatures.USUAL);
    }

    /** Begins a cluster with these, when nothing was said about its features so far; false when it has others. */
    public synchronized boolean begin(FinalizedFeatures ofNewCluster) {
        if (store.features().isEmpty()) {
            store.saveFeatures(ofNewCluster);
            current = ofNewCluster;
        }
        return current.all().equals(ofNewCluster.all());
    }

    /** Who is told whenever levels have changed, on the thread that changes them; set before there are requests. */
    public void onChange(Runnable action) {
        changed = action;
    }

    /** The level of a feature: what has come with it holds from that level on. Cheap. */
    public short level(Feature feature) {
        return current.level(feature);
    }

    @Override
    public FinalizedFeatures finalized() {
        return current;
    }

    @Override
    public synchronized void update(RequestContext context, List<FeatureUpdate> updates, Mode mode) {
        FinalizedFeatures after = new FeatureRules(context.brokerId()).apply(current, updates);
        if (mode == Mode.APPLY && after != current) {
            store.saveFeatures(after);
            current = after;
            changed.run();
        }
    }
}
