/** Outbound: storage in a data directory. {@link io.strikemq.adapter.storage.mmap.DataDirectory} opens all of it. */
package io.strikemq.adapter.storage.mmap;
