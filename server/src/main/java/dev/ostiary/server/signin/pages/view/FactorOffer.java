package dev.ostiary.server.signin.pages.view;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

    /** The questions that pages offer, of the many that the API knows. */
    public enum Question {
        DISLIKED_FOOD,
        FIRST_COMPUTER_GAME,
        FIRST_MUSIC_PURCHASE,
        FIRST_THING_COOKED,
        CHILDHOOD_DREAM_JOB,
        FAVORITE_VACATION_LOCATION;

        /** As the API calls it. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The question of a key. */
        public static Optional<Question> of(String key) {
            return Arrays.stream(values()).filter(each -> each.key().equals(key)).findFirst();
        }
    }
}
