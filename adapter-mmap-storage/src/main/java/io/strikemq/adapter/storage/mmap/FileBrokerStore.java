package io.strikemq.adapter.storage.mmap;

import io.strikemq.adapter.storage.mmap.file.AtomicFile;
import io.strikemq.adapter.storage.mmap.file.DamagedFileException;
import io.strikemq.adapter.storage.mmap.file.NumberFile;
import io.strikemq.adapter.storage.mmap.file.StorageFailure;
import io.strikemq.adapter.storage.mmap.file.TextFile;
import io.strikemq.domain.port.out.BrokerStore;
import io.strikemq.domain.port.out.Identifiers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cluster's id in {@code meta.properties}, by Kafka's key and beside the {@link DirectoryFormat}, and the next
 * producer id in {@code .producer-ids}, a {@link NumberFile}.
 *
 * <p>Both are there from the first start on. Where one was lost the directory goes on without, and says so.
 */
final class FileBrokerStore implements BrokerStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileBrokerStore.class);
    /** Behind it there may be too few ids for a long life. */
    private static final long LARGEST_FIRST_ID = Long.MAX_VALUE >> 1;

    /** What earlier versions wrote; without the end of the line some digits may be missing. */
    private static final String PLAIN_NUMBER = "[0-9]+\n";

    private final Path meta;
    private final Path producerIds;
    private final String clusterId;

    /** Guarded by this; never beyond what the file says. */
    private long nextProducerId;

    FileBrokerStore(Path directory, Identifiers identifiers) throws IOException {
        meta = directory.resolve(DirectoryFormat.META);
        producerIds = directory.resolve(".producer-ids");
        boolean isNew = !Files.exists(meta) && !Files.exists(directory.resolve(FileTopicCatalog.DIRECTORY));
        if (isNew && !Files.exists(producerIds)) {
            // The directory is forced with the next file.
            NumberFile.put(producerIds, 0);
        }
        if (!Files.exists(meta)) {
            String id = randomId(identifiers.newUuid());
            writeMeta(id);
            if (!isNew) {
                LOG.warn("{} is missing: this is a cluster of another id from now on, {}.", meta, id);
            }
        }
        clusterId = readClusterId(meta);
        nextProducerId = readNextProducerId(identifiers);
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
            saveNextProducerId(first + count);
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

    /**
     * What the file says; without, a number that nobody can have been given. Were one given out twice, batches of the
     * second producer would be taken for those that the first one has sent already, and would be dropped.
     */
    private long readNextProducerId(Identifiers identifiers) throws IOException {
        try {
            String text = TextFile.read(producerIds);
            long next =
                    text.matches(PLAIN_NUMBER) ? Long.parseLong(text.strip()) : NumberFile.number(producerIds, text);
            if (next <= LARGEST_FIRST_ID) {
                return next;
            }
        } catch (NoSuchFileException | NumberFormatException | DamagedFileException lost) {
            // Told below, whatever it is.
        }
        long next = identifiers.newUuid().getMostSignificantBits() & LARGEST_FIRST_ID >> 1;
        saveNextProducerId(next);
        LOG.warn("{} is missing or damaged: producer ids go on far from those before, with {}.", producerIds, next);
        return next;
    }

    private void saveNextProducerId(long next) throws IOException {
        NumberFile.write(producerIds, next);
    }

    private static String randomId(UUID uuid) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * Long.BYTES);
        bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }
}
