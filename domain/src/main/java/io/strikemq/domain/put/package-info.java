/** Records that a tester puts into a topic as they are to be, and topics as lines of JSON. */
package io.strikemq.domain.put;
