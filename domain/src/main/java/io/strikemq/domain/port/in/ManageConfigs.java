package io.strikemq.domain.port.in;

import io.strikemq.domain.request.RequestContext;
import io.strikemq.domain.topic.admin.ConfigAlteration;
import io.strikemq.domain.topic.admin.ConfigOutcome;
import io.strikemq.domain.topic.admin.ConfigResource;
import io.strikemq.domain.topic.admin.Mode;
import java.util.List;
import java.util.Set;

/**
 * Shows and alters configs. Each resource succeeds or fails alone, and is answered in the order of the request; one that
 * a request alters more than once is refused each time, INVALID_REQUEST. Callable from any thread.
 */
public interface ManageConfigs {
    /**
     * The resources of these types ({@link ConfigResource}) that have configs, those of all types when none is named.
     *
     * @throws io.strikemq.domain.error.BrokerException UNSUPPORTED_VERSION for a type that nobody knows
     */
    List<ConfigResource> list(RequestContext context, Set<Byte> types);

    /** The effective configs of a resource; {@code names} limits them, null means all. */
    ConfigOutcome describe(RequestContext context, ConfigResource resource, List<String> names);

    /**
     * Replaces all configs of each resource by these, all of them SET (AlterConfigs); what is not among them gets its
     * default again.
     */
    List<ConfigOutcome> replace(RequestContext context, List<ConfigAlteration> resources, Mode mode);

    /** Makes these changes, all of a resource's or none of them (IncrementalAlterConfigs). */
    List<ConfigOutcome> change(RequestContext context, List<ConfigAlteration> resources, Mode mode);
}
