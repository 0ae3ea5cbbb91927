package dev.ostiary.server.signin.pages.view;

import java.util.Locale;

/**
 * A way to verify that can be set up, as pages show it. Immutable.
 *
 * @param kind what it is
 * @param provider who provides it, as the API says
 * @param required whether nobody comes in without it
 */
public record FactorOffer(Factor.Kind kind, String provider, boolean required) {

    /** The name of the field that holds one. */
    public static final String FIELD = "offer";

    /** Names it in forms and addresses. */
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT) + "-" + provider.toLowerCase(Locale.ROOT);
    }
}
