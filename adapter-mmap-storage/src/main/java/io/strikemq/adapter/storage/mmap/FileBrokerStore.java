package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.adapter.storage.mmap.file.TextFile;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Identifiers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;

/**
 * The cluster's id in {@code meta.properties}, by Kafka's key and beside the {@link DirectoryFormat}, and the next
 * producer id in {@code .producer-ids}.
 */
final class FileBrokerStore implements BrokerStore {
    private final Path meta;
    private final Path producerIds;
    private final String clusterId;

    /** Guarded by this; never beyond what the file says. */
    private long nextProducerId;

    FileBrokerStore(Path directory, Identifiers identifiers) throws IOException {
        meta = directory.resolve(DirectoryFormat.META);
        if (!Files.exists(meta)) {
            writeMeta(randomId(identifiers.newUuid()));
        }
        clusterId = readClusterId(meta);
        producerIds = directory.resolve(".producer-ids");
        nextProducerId = readNextProducerId();
    }

    /** From now on the directory is as this version writes it. */
    void becomeCurrentFormat() throws IOException {
        writeMeta(clusterId);
    }

    private void writeMeta(String id) throws IOException {
        String format = DirectoryFormat.KEY + "=" + DirectoryFormat.CURRENT_VALUE;
        AtomicFile.replace(meta, StandardCharsets.UTF_8.encode("version=1\ncluster.id=" + id + "\n" + format + "\n"));
    }

    @Override
    public String clusterId() {
        return clusterId;
    }

    @Override
    public synchronized long claimProducerIds(int count) {
        long first = nextProducerId;
        try {
            AtomicFile.replace(producerIds, StandardCharsets.UTF_8.encode(first + count + "\n"));
        } catch (IOException failure) {
            throw StorageFailure.cannot("claim producer ids", failure);
        }
        nextProducerId = first + count;
        return first;
    }

    private static String readClusterId(Path meta) throws IOException {
        String id = TextFile.properties(meta).getProperty("cluster.id", "");
        if (!id.matches("[A-Za-z0-9_-]{22}")) {
            throw new IOException(meta + " should have a cluster.id of 22 characters of base64, not '" + id + "'");
        }
        return id;
    }

    private long readNextProducerId() throws IOException {
        if (!Files.exists(producerIds)) {
            return 0;
        }
        String number = TextFile.read(producerIds).strip();
        try {
            return Long.parseLong(number);
        } catch (NumberFormatException damage) {
            throw new IOException(producerIds + " should hold a number, not '" + number + "'", damage);
        }
    }

    private static String randomId(UUID uuid) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
