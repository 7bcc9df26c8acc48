/** What groups of one protocol do with members of another (KIP-848), and how a group changes its protocol while it lives. */
package io.strikemq.domain.group.migration;
