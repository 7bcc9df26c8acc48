/** The APIs of transactions: what producers do with them, and how they are looked at from outside. */
package io.strikemq.adapter.kafka.api.transactions;
