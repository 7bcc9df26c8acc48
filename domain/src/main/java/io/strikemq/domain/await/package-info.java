/** What one may wait for in a broker: conditions on its own state, and what becomes of the wait. */
package io.strikemq.domain.await;
