package io.strikemq.embedding;

import java.util.List;

/** What the shop answers with, written by the Jackson of its Spring. */
public record ShopOrder(int number, List<String> articles) {}
