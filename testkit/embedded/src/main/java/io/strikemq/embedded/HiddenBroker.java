package io.strikemq.embedded;

import io.strikemq.domain.embedding.EmbeddedBrokers;

/** The broker's classes, which are loaded once in a JVM: the second broker is started by what the first has loaded. */
final class HiddenBroker {
    private static final String EMBEDDING = "io.strikemq.bootstrap.embedding.Embedding";
    private static final EmbeddedBrokers BROKERS = load();

    private HiddenBroker() {}

    static EmbeddedBrokers brokers() {
        return BROKERS;
    }

    private static EmbeddedBrokers load() {
        ClassLoader loader = new HiddenClassLoader(HiddenBroker.class.getClassLoader(), HiddenFiles.ofThisJar());
        try {
            return (EmbeddedBrokers)
                    loader.loadClass(EMBEDDING).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "The broker is not in " + HiddenFiles.whereWeAre()
                            + ": it is put into the jar of strikemq-embedded when that is packed.",
                    e);
        }
    }
}
