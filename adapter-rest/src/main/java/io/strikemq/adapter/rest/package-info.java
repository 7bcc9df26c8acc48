/**
 * The REST API over Javalin, translated to the domain's inbound ports and back.
 *
 * <p>{@link io.strikemq.adapter.rest.RestServer} serves them; {@code Routes} is the table of methods and paths; each
 * {@code …Api} class answers the calls about one thing; {@code Failures} alone turns errors into statuses.
 */
package io.strikemq.adapter.rest;
