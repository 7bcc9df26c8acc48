/** Random valid requests, and the smallest one that shows a difference. */
package io.strikemq.parity.random;
