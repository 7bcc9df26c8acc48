package io.strikemq.adapter.rest;

import io.strikemq.domain.port.in.TakeSnapshots;
import io.strikemq.domain.snapshot.Snapshot;
import java.util.List;

/** {@code /v1/snapshots}: all that the broker has, kept by a name, and restored. */
public final class SnapshotsApi extends RestApi {
    private static final String SNAPSHOT = "/v1/snapshots/{name}";

    private final TakeSnapshots snapshots;

    public SnapshotsApi(TakeSnapshots snapshots) {
        this.snapshots = snapshots;
    }

    @Override
    List<Route> routes() {
        return List.of(
                Route.get("/v1/snapshots", "all snapshots", this::list),
                Route.put(SNAPSHOT, "take a snapshot, in the place of one of that name", this::take),
                Route.delete(SNAPSHOT, "delete a snapshot", this::delete),
                Route.post(SNAPSHOT + "/restore", "go back to a snapshot", this::restore));
    }

    private record Row(String name, String takenAt, int topics, long sizeInBytes) {
        static Row of(Snapshot snapshot) {
            return new Row(snapshot.name(), snapshot.takenAt().toString(), snapshot.topics(), snapshot.sizeInBytes());
        }
    }

    private record Restored(String restored) {}

    private record Deleted(String deleted) {}

    private Answer list(RestCall call) {
        return Answer.ok(snapshots.list().stream().map(Row::of).toList());
    }

    private Answer take(RestCall call) {
        return Answer.created(Row.of(snapshots.take(call.pathParameter("name"))));
    }

    private Answer restore(RestCall call) {
        String name = call.pathParameter("name");
        snapshots.restore(name);
        return Answer.ok(new Restored(name));
    }

    private Answer delete(RestCall call) {
        String name = call.pathParameter("name");
        snapshots.delete(name);
        return Answer.ok(new Deleted(name));
    }
}
