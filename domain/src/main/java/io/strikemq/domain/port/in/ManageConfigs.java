package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.ConfigChange;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;
import java.util.Map;

/** Shows and alters configs. Each resource succeeds or fails alone. Callable from any thread. */
public interface ManageConfigs {
    /** The effective configs of a resource; {@code names} limits them, null means all. */
    ConfigOutcome describe(RequestContext context, ConfigResource resource, List<String> names);

    /** Replaces all configs of a resource by these (AlterConfigs); what is not among them gets its default again. */
    ConfigOutcome replace(RequestContext context, ConfigResource resource, Map<String, String> configs, Mode mode);

    /** Makes these changes, all or none of them (IncrementalAlterConfigs). */
    ConfigOutcome change(RequestContext context, ConfigResource resource, List<ConfigChange> changes, Mode mode);
}
