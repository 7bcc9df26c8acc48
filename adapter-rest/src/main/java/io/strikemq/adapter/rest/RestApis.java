package io.strikemq.adapter.rest;

/** All that the REST server answers with. */
public record RestApis(BrokerApi broker, TopicsApi topics, PeekApi peek, ProduceApi produce, GroupsApi groups) {}
