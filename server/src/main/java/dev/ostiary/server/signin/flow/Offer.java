package dev.ostiary.server.signin.flow;

import dev.ostiary.server.signin.factors.FactorOffer;

/**
 * A kind of factor that is offered to be enrolled.
 *
 * @param need how much it is wanted
 */
public record Offer(FactorOffer factor, Need need) {

    /** How much something is wanted. */
    public enum Need {
        /** Whoever likes enrols it. */
        OPTIONAL,
        /** It has to be enrolled, but may be put off this time. */
        LATER,
        /** Nobody comes in without it. */
        REQUIRED
    }

    /** Whether nobody comes in without it. */
    public boolean required() {
        return need == Need.REQUIRED;
    }
}
