module shop {
    requires io.strikemq.embedded;
    requires java.net.http;
}
