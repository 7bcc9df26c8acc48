package io.strikemq.embedding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.strikemq.embedded.StrikeMQ;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A broker with its REST API and a web application in one JVM, whichever comes first. */
class SpringBootTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String LOGBACK = "ch.qos.logback.classic.LoggerContext";

    @Test
    void theBrokerComesFirst() throws Exception {
        try (StrikeMQ broker = StrikeMQ.start()) {
            String url = broker.httpUrl();
            try (ConfigurableApplicationContext shop = shop()) {
                bothWork(broker, url, shop);
            }
        }
    }

    @Test
    void theApplicationComesFirst() throws Exception {
        try (ConfigurableApplicationContext shop = shop();
                StrikeMQ broker = StrikeMQ.start()) {
            bothWork(broker, broker.httpUrl(), shop);
        }
    }

    @Test
    void nothingOfTheBrokersLibrariesIsOnTheClassPath() {
        for (String name : new String[] {"io.javalin.Javalin", "kotlin.Unit", "com.google.re2j.Pattern"}) {
            assertThrows(ClassNotFoundException.class, () -> Class.forName(name));
        }
    }

    @Test
    void theApplicationsLoggingIsItsOwn() {
        PrintStream usual = System.out;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        System.setOut(new PrintStream(written, true, StandardCharsets.UTF_8));
        try (StrikeMQ broker = StrikeMQ.options().setting("log_level", "trace").start()) {
            broker.httpUrl();
        } finally {
            System.setOut(usual);
        }
        assertEquals("", written.toString(StandardCharsets.UTF_8));
        assertEquals(LOGBACK, LoggerFactory.getILoggerFactory().getClass().getName());
    }

    private static ConfigurableApplicationContext shop() {
        return SpringApplication.run(
                Shop.class, "--server.port=0", "--spring.main.banner-mode=off", "--logging.level.root=warn");
    }

    private static void bothWork(StrikeMQ broker, String url, ConfigurableApplicationContext shop) throws Exception {
        String port = shop.getEnvironment().getProperty("local.server.port");
        assertEquals("{\"number\":7,\"articles\":[\"bread\",\"salt\"]}", get("http://127.0.0.1:" + port + "/orders/7"));
        RoundTrip.with(broker, "none", "gzip", "snappy", "lz4", "zstd");
        String topics = get(url + "/v1/topics");
        assertTrue(topics.contains("\"orders-none\"") && topics.contains("\"end_offset\":1"), topics);
    }

    private static String get(String url) throws Exception {
        HttpResponse<String> answer =
                HTTP.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, answer.statusCode(), answer.body());
        return answer.body();
    }
}
