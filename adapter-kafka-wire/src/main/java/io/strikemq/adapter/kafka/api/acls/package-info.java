/**
 * ACLs. Without an authorizer Kafka has none, and says so to whoever asks: that is what is served until there are ACLs
 * here. Tools depend on this answer; MirrorMaker, for one, leaves ACLs alone when it hears it.
 */
package io.strikemq.adapter.kafka.api.acls;
