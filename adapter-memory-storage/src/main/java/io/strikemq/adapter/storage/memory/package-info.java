/** Outbound: storage on the heap, for tests and throw-away runs. It outlives a log's closing, not the process. */
package io.strikemq.adapter.storage.memory;
