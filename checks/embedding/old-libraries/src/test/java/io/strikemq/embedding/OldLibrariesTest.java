package io.strikemq.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.base.Joiner;
import com.google.common.collect.ImmutableMap;
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import io.strikemq.embedded.StrikeMQ;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;

/** An application of long ago, and a broker in it. */
class OldLibrariesTest {
    /** Has what the application injects. */
    static final class Shop {
        private final StrikeMQ broker;
        private final ObjectMapper json;

        @Inject
        Shop(StrikeMQ broker, ObjectMapper json) {
            this.broker = broker;
            this.json = json;
        }
    }

    @Test
    void allOfThemWork() throws Exception {
        assertEquals("2.8.2", AppInfoParser.getVersion());
        try (StrikeMQ broker = StrikeMQ.start()) {
            Shop shop = Guice.createInjector(new AbstractModule() {
                        @Override
                        protected void configure() {
                            bind(StrikeMQ.class).toInstance(broker);
                            bind(ObjectMapper.class).toInstance(new ObjectMapper());
                        }
                    })
                    .getInstance(Shop.class);
            RoundTrip.with(shop.broker, "none", "gzip", "snappy", "lz4", "zstd");
            String articles = Joiner.on(',').join("bread", "salt");
            assertEquals(
                    "{\"articles\":\"bread,salt\"}",
                    shop.json.writeValueAsString(ImmutableMap.of("articles", articles)));
            assertEquals(
                    5,
                    shop.json
                            .readTree(get(shop.broker.httpUrl() + "/v1/topics"))
                            .size());
        }
    }

    private static String get(String url) throws Exception {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertTrue(answer.statusCode() == 200, answer.body());
        return answer.body();
    }
}
