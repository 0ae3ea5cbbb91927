package dev.ostiary.platform.limits;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What holds in one org. Immutable.
 *
 * @param profile the tier
 * @param warningPercent when a warning is written, in percent of a limit
 * @param shares what single tokens may use, by the token's id
 */
public record LimitSettings(Profile profile, int warningPercent, Map<String, TokenShare> shares) {

    /** When a warning is written in an org that has not chosen (WIRE). */
    public static final int WARNING_PERCENT = 90;

    public LimitSettings {
        shares = Map.copyOf(shares);
    }

    /** An org that has chosen nothing. */
    public static LimitSettings of(Profile profile) {
        return new LimitSettings(profile, WARNING_PERCENT, Map.of());
    }

    int percentOf(String token) {
        @Nullable TokenShare share = shares.get(token);
        return share == null ? profile.tokenPercent() : share.percent();
    }

    int concurrencyPercentOf(String token) {
        @Nullable TokenShare share = shares.get(token);
        return share == null ? 100 : share.concurrencyPercent();
    }
}
