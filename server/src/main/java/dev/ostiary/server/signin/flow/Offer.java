package dev.ostiary.server.signin.flow;

import dev.ostiary.server.signin.factors.FactorOffer;

/**
 * A kind of factor that is offered to be enrolled.
 *
 * @param required whether nobody comes in without it
 */
public record Offer(FactorOffer factor, boolean required) {}
