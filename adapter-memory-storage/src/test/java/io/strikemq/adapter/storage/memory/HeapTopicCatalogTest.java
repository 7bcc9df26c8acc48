package io.strikemq.adapter.storage.memory;

import io.strikemq.domain.port.out.TopicCatalog;
import io.strikemq.domain.port.out.TopicCatalogContractTest;

class HeapTopicCatalogTest extends TopicCatalogContractTest {
    private final HeapTopicCatalog catalog = new HeapTopicCatalog();

    @Override
    protected TopicCatalog restart() {
        return catalog;
    }
}
