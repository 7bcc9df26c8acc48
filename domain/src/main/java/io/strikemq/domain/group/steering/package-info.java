/** What a tester does to a group that no client can: the powers over groups. */
package io.strikemq.domain.group.steering;
