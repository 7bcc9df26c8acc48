package io.strikemq.application.group;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.domain.error.ErrorCode;
import io.strikemq.domain.group.classic.JoinResult;
import io.strikemq.domain.group.classic.SyncResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CrowdedGroupTest {
    private static final int MEMBERS = 60;

    private final Coordinator coordinator = new Coordinator();

    @Test
    void membersOfManyThreadsAllGetTheirAssignment() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<CompletableFuture<JoinResult>> joins = inParallel(threads, i -> coordinator.join("c" + i, ""));
            coordinator.time.advance(Duration.ZERO);
            List<String> ids =
                    joins.stream().map(join -> join.join().memberId()).toList();
            assertEquals(MEMBERS, ids.stream().distinct().count());
            assertEquals(
                    1,
                    joins.stream()
                            .filter(join -> !join.join().members().isEmpty())
                            .count());
            String leader = joins.get(0).join().leaderId();

            List<CompletableFuture<SyncResult>> syncs = inParallel(threads, i -> {
                String id = ids.get(i);
                return coordinator.sync(id, 1, id.equals(leader) ? ids.toArray(String[]::new) : new String[0]);
            });
            for (int i = 0; i < MEMBERS; i++) {
                assertEquals(ErrorCode.NONE, syncs.get(i).join().error());
                assertEquals(
                        ids.get(i).length(), syncs.get(i).join().assignment().remaining());
            }

            List<ErrorCode> beats = inParallel(threads, i -> coordinator.heartbeat(ids.get(i), 1));
            assertTrue(beats.stream().allMatch(ErrorCode.NONE::equals));
            List<ErrorCode> commits = inParallel(
                    threads,
                    i -> coordinator
                            .commit(Coordinator.member(1, ids.get(i)), Coordinator.offset(i % 4, i))
                            .get(0));
            assertTrue(commits.stream().allMatch(ErrorCode.NONE::equals));
        } finally {
            threads.shutdownNow();
        }
    }

    /** Something that each of the members does. */
    private interface MemberTask<T> {
        T run(int member);
    }

    private static <T> List<T> inParallel(ExecutorService threads, MemberTask<T> task) throws Exception {
        List<Callable<T>> calls = IntStream.range(0, MEMBERS)
                .mapToObj(i -> (Callable<T>) () -> task.run(i))
                .toList();
        List<T> results = new ArrayList<>();
        for (Future<T> future : threads.invokeAll(calls)) {
            results.add(future.get());
        }
        return results;
    }
}
