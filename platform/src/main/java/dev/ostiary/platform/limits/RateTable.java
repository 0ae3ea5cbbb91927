package dev.ostiary.platform.limits;

import dev.ostiary.platform.contract.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The published figures ({@code contract/rate-limits.tsv}), and the profiles made of them.
 * Thread-safe.
 *
 * <p>A profile is named
 *
 * <ul>
 *   <li>{@code unlimited}: counted and told, never refused;
 *   <li>by a tier: {@code developer} (what WIRE saw), {@code free}, {@code paid}, {@code oneapp},
 *       {@code enterprise}, {@code workforce} (the published tables), {@code highcapacity};
 *   <li>by a tier and a multiplier, {@code enterprise:5}, for the endpoints that the add-ons of the
 *       original raise;
 *   <li>any of these tiers with {@code +burst}: authentication endpoints let through five times
 *       their limit;
 *   <li>by a number: every bucket lets through so many requests a minute, and nothing else is
 *       limited.
 * </ul>
 */
public final class RateTable {

    /** What nobody reaches in a minute on one node. */
    static final int UNLIMITED = 1_000_000_000;

    static final String UNLIMITED_NAME = "unlimited";
    private static final String OBSERVED = "developer";
    private static final List<String> TIERS =
            List.of(OBSERVED, "free", "paid", "oneapp", "enterprise", "workforce", "highcapacity");
    private static final Pattern SPEC = Pattern.compile("([a-z]+)(?::([1-9]\\d{0,3}))?(\\+burst)?");
    private static final int MOST_KEPT = 256;

    private final List<Row> rows;
    private final ConcurrentMap<String, Profile> profiles = new ConcurrentHashMap<>();

    private RateTable(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** The table that is packed with the program. */
    public static RateTable load() {
        List<Row> rows = new ArrayList<>();
        for (Table.Row cells : Table.load("contract/rate-limits.tsv").rows()) {
            rows.add(Row.of(rows.size(), cells));
        }
        return new RateTable(rows);
    }

    /** What a profile may be called, for messages. */
    public static String names() {
        return UNLIMITED_NAME
                + ", "
                + String.join(", ", TIERS)
                + " (each maybe with :MULTIPLIER or +burst), or a number";
    }

    /**
     * Tells tables apart whose rows stand in other places: what one node says of a row means
     * nothing to a node of another edition.
     */
    public String edition() {
        StringBuilder text = new StringBuilder();
        rows.forEach(
                row ->
                        text.append(row.kind())
                                .append(row.category())
                                .append(row.pattern().text())
                                .append(row.verbs()));
        return Integer.toHexString(text.toString().hashCode());
    }

    /** How many counters an org needs. */
    int size() {
        return rows.size();
    }

    /** How many profiles are kept for the next who asks. */
    int kept() {
        return profiles.size();
    }

    /** The profile of this name; empty if there is none. Profiles of one name are shared. */
    public Optional<Profile> profile(String name) {
        Profile known = profiles.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Profile> made = make(name);
        if (profiles.size() < MOST_KEPT) {
            made.ifPresent(profile -> profiles.putIfAbsent(name, profile));
        }
        return made;
    }

    private Optional<Profile> make(String name) {
        if (name.equals(UNLIMITED_NAME)) {
            return Optional.of(flat(name, UNLIMITED));
        }
        if (name.matches("[1-9]\\d{0,8}")) {
            return Optional.of(flat(name, Integer.parseInt(name)));
        }
        Matcher spec = SPEC.matcher(name);
        if (!spec.matches() || !TIERS.contains(spec.group(1))) {
            return Optional.empty();
        }
        String tier = spec.group(1);
        int times = spec.group(2) == null ? 1 : Integer.parseInt(spec.group(2));
        return Optional.of(tier(name, tier, times, spec.group(3) == null ? 1 : Profile.BURST));
    }

    private Profile flat(String name, int limit) {
        Profile.Builder profile = new Profile.Builder(name);
        for (Row row : rows) {
            if (row.kind() == Row.Kind.EXEMPT) {
                profile.exempt(row);
            } else if (row.matches() && row.figure(OBSERVED) > 0) {
                profile.bucket(row, limit, 1);
            }
        }
        return profile.build();
    }

    private Profile tier(String name, String tier, int times, int burst) {
        String addOn = tier.equals("workforce") ? "workforce" : "dynamic";
        Profile.Builder profile = new Profile.Builder(name);
        for (Row row : rows) {
            int figure = row.figure(tier);
            switch (row.kind()) {
                case EXEMPT -> profile.exempt(row);
                case CONCURRENCY -> profile.concurrency(figure);
                case TOKEN -> profile.tokenPercent(figure);
                case CUMULATIVE -> {
                    // the add-ons would be worth nothing under the cumulative limit
                    if (figure > 0 && times == 1) {
                        profile.cumulative(row, figure, burst);
                    }
                }
                case EXACT, PREFIX -> {
                    if (figure > 0) {
                        int raised = row.multipliers().contains(addOn) ? figure * times : figure;
                        profile.bucket(row, raised, burst);
                    }
                }
            }
        }
        return profile.build();
    }
}
