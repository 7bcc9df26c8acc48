package io.strikemq.embedding;

import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A web application as they all are. */
@SpringBootConfiguration
@EnableAutoConfiguration
@RestController
public class Shop {
    /** An order, by its number. */
    @GetMapping("/orders/{number}")
    public ShopOrder order(@PathVariable("number") int number) {
        return new ShopOrder(number, List.of("bread", "salt"));
    }
}
