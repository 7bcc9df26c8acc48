package shop;

import io.strikemq.domain.await.Condition;
import io.strikemq.domain.put.RecordToPut;
import io.strikemq.embedded.StrikeMQ;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** An application on the module path that uses all there is of a broker: its ports, its powers, its REST API. */
public final class Shop {
    private Shop() {}

    public static void main(String[] arguments) throws Exception {
        try (StrikeMQ broker = StrikeMQ.options().topic("orders", 3).start()) {
            broker.records().put("orders", RecordToPut.of("first"));
            broker.await(Condition.topic("orders").hasRecords(1), Duration.ofSeconds(10));
            URI topics = URI.create(broker.httpUrl() + "/v1/topics");
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(topics).build(), HttpResponse.BodyHandlers.ofString());
            System.out.println(StrikeMQ.class.getModule() + " " + answer.statusCode());
        }
    }
}
