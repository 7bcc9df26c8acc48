package io.strikemq.benchmark;

/** The yardstick of start-up: what a JVM needs at the least. */
public final class HelloWorld {
    private HelloWorld() {}

    /** Says hello. */
    public static void main(String[] arguments) {
        System.out.println("Hello, world");
    }
}
