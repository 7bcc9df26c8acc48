package io.strikemq.adapter.rest;

import io.strikemq.domain.cluster.ClusterDescription;
import io.strikemq.domain.port.out.Clock;
import io.strikemq.domain.port.out.CompressionCodecs;
import io.strikemq.domain.record.CompressionType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A running server over ports that live in memory, and a client that talks to it. */
final class RestFixture implements AutoCloseable {
    static final long NOW = 1_234_567_890L;
    static final int MAX_REQUEST_BYTES = 1 << 20;

    final InMemoryTopics topics = new InMemoryTopics();
    final InMemoryGroups groups = new InMemoryGroups();
    final CompressionCodecs codecs = new GzipAlone();
    final RestServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    RestFixture() throws IOException {
        this(new RestSettings("127.0.0.1", 0, 7, MAX_REQUEST_BYTES));
    }

    RestFixture(RestSettings settings) throws IOException {
        server = RestServer.bind(settings, apis());
        server.start();
    }

    private RestApis apis() {
        return new RestApis(
                new BrokerApi(() -> new ClusterDescription("p4EKNwbCQxWUkVlHnUhPDg", 7, List.of(7)), this::facts),
                new TopicsApi(topics, topics, topics),
                new PeekApi(topics, topics, topics, codecs),
                new ProduceApi(topics, topics, codecs, new FrozenClock()),
                new GroupsApi(groups, groups));
    }

    private BrokerFacts facts() {
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("bind_address", "127.0.0.1");
        config.put("port", 9092);
        config.put("auto_create_topics_enable", true);
        config.put("advertised_host", null);
        return new BrokerFacts(
                "1.0.0", 7, Duration.ofMillis(61_999), 9092, 8080, 4, "Linux (epoll)", "/data", 1L << 30, config);
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, null);
    }

    HttpResponse<String> post(String path, String body) {
        return send("POST", path, body);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(20))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class FrozenClock implements Clock {
        @Override
        public long wallClockMillis() {
            return NOW;
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }
    }

    /** What the JDK has; the other codecs are the compression adapter's to test. */
    private static final class GzipAlone implements CompressionCodecs {
        @Override
        public ByteBuffer decompress(CompressionType type, byte magic, ByteBuffer compressed, int maxBytes) {
            byte[] bytes = new byte[compressed.remaining()];
            compressed.duplicate().get(bytes);
            try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
                return ByteBuffer.wrap(in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ByteBuffer compress(CompressionType type, byte magic, ByteBuffer plain) {
            byte[] bytes = new byte[plain.remaining()];
            plain.duplicate().get(bytes);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                gzip.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return ByteBuffer.wrap(out.toByteArray());
        }
    }
}
