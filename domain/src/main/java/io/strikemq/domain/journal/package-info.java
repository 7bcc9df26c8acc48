/** What a broker remembers of what clients asked and of what happened, and how to ask for it. */
package io.strikemq.domain.journal;
