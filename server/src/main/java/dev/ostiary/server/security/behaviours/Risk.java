package dev.ostiary.server.security.behaviours;

import dev.ostiary.server.security.behaviours.Finding.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * How risky a sign-in is: the more of it is unlike the user's earlier ones, the more (product
 * documentation, "Risk scoring", which leaves the weights open). A device, a city or a journey that
 * nobody expected is one anomaly each: one makes the risk MEDIUM, more make it HIGH, and so does an
 * address that others are being attacked from. Somebody who never signed in before does nothing
 * unexpected, and what a sign-in does not say is no anomaly. Immutable.
 *
 * @param reasons in the log's words; empty for a low risk
 */
public record Risk(Level level, List<String> reasons) {

    /** As policies name it. */
    public enum Level {
        LOW,
        MEDIUM,
        HIGH
    }

    private static final History LOOKS_BACK = History.of(20);
    private static final Measure DEVICE = new Measure.Device(LOOKS_BACK);
    private static final Measure CITY =
            new Measure.Location(Measure.Granularity.CITY, null, LOOKS_BACK);
    private static final Measure COUNTRY =
            new Measure.Location(Measure.Granularity.COUNTRY, null, LOOKS_BACK);
    private static final Measure VELOCITY = new Measure.Velocity(Measure.Velocity.STANDARD);

    public Risk {
        reasons = List.copyOf(reasons);
    }

    /**
     * The risk of a sign-in.
     *
     * @param past earlier ones of the same user, the newest first
     * @param suspected whether the address is one that attacks come from
     */
    public static Risk of(SignIn now, List<SignIn> past, boolean suspected) {
        Judgement judgement = new Judgement(now, past);
        List<String> reasons = new ArrayList<>();
        if (past.stream().anyMatch(each -> each.device() != null) && isNew(judgement, DEVICE)) {
            reasons.add("Anomalous Device");
        }
        boolean placed = past.stream().anyMatch(each -> each.place().country() != null);
        if (placed && (isNew(judgement, CITY) || isNew(judgement, COUNTRY))) {
            reasons.add("Anomalous Location");
        }
        if (isNew(judgement, VELOCITY)) {
            reasons.add("Velocity");
        }
        if (suspected) {
            reasons.add("Suspected Threat");
        }
        return new Risk(level(reasons.size(), suspected), reasons);
    }

    private static Level level(int anomalies, boolean suspected) {
        return switch (anomalies) {
            case 0 -> Level.LOW;
            case 1 -> suspected ? Level.HIGH : Level.MEDIUM;
            default -> Level.HIGH;
        };
    }

    private static boolean isNew(Judgement judgement, Measure measure) {
        return judgement.outcome(measure) == Outcome.POSITIVE;
    }

    /** As the log has it under {@code risk}: {@code {reasons=Anomalous Device, level=MEDIUM}}. */
    public String text() {
        return reasons.isEmpty()
                ? "{level=" + level + "}"
                : "{reasons=" + String.join(", ", reasons) + ", level=" + level + "}";
    }
}
