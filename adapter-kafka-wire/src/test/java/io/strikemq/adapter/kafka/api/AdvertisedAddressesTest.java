package io.strikemq.adapter.kafka.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.strikemq.adapter.kafka.listener.Advertised;
import io.strikemq.adapter.kafka.listener.BoundListener;
import io.strikemq.adapter.kafka.listener.ListenerSettings;
import io.strikemq.adapter.kafka.net.ConnectionInfo;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdvertisedAddressesTest {
    private static final InetSocketAddress ANY = new InetSocketAddress("0.0.0.0", 0);
    private static final InetSocketAddress CLIENT = new InetSocketAddress("10.0.0.9", 40000);

    @Test
    void withoutSettingsTheAddressThatTheClientReachedIsAdvertised() {
        AdvertisedAddresses addresses = new AdvertisedAddresses(List::of);
        ConnectionInfo connection =
                ConnectionInfo.of(ListenerSettings.on(1, ANY), new InetSocketAddress("10.0.0.1", 9093), CLIENT);

        assertEquals(Optional.of(new NodeAddress(1, "10.0.0.1", 9093)), addresses.of(1, connection));
        assertEquals(Optional.empty(), addresses.of(2, connection));
    }

    @Test
    void settingsComeFirst() {
        AdvertisedAddresses addresses = new AdvertisedAddresses(List::of);
        ConnectionInfo connection = ConnectionInfo.of(
                new ListenerSettings("PLAINTEXT", 1, ANY, new Advertised.Address("example.org", 19092)),
                new InetSocketAddress("10.0.0.1", 9092),
                CLIENT);

        assertEquals(Optional.of(new NodeAddress(1, "example.org", 19092)), addresses.of(1, connection));
    }

    @Test
    void anotherBrokerIsAdvertisedOnItsOwnPortOfTheSameListener() {
        BoundListener other = new BoundListener(ListenerSettings.on(2, ANY), new InetSocketAddress("0.0.0.0", 5555));
        AdvertisedAddresses addresses = new AdvertisedAddresses(() -> List.of(other));
        ConnectionInfo connection =
                ConnectionInfo.of(ListenerSettings.on(1, ANY), new InetSocketAddress("::1", 9092), CLIENT);

        assertEquals(Optional.of(new NodeAddress(2, "0:0:0:0:0:0:0:1", 5555)), addresses.of(2, connection));
    }

    @Test
    void whoCameByAListenerThatIsNotAdvertisedFindsNoBroker() {
        AdvertisedAddresses addresses = new AdvertisedAddresses(List::of);
        ConnectionInfo connection = ConnectionInfo.of(
                new ListenerSettings("HIDDEN", 1, ANY, new Advertised.Nowhere()),
                new InetSocketAddress("10.0.0.1", 9092),
                CLIENT);

        assertEquals(Optional.empty(), addresses.of(1, connection));
    }
}
