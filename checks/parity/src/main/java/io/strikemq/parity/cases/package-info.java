/** Cases: what is asked of both brokers, as data, and how it is played. */
package io.strikemq.parity.cases;
