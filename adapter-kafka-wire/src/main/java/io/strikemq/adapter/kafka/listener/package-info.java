/** Where clients come in, and what they may take: the settings of this adapter. */
package io.strikemq.adapter.kafka.listener;
