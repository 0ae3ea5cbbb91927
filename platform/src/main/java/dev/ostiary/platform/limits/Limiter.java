package dev.ostiary.platform.limits;

import dev.ostiary.platform.limits.Notice.Kind;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is let through. Lock-free and thread-safe; costs no memory but a small
 * object a request, and for each org in use a few kilobytes at most.
 *
 * <p>Who has proven nothing is counted apart: a flood without credentials, or with bad ones, meets
 * a limit of the same height but never eats what the org's own callers have. A token is counted
 * before its org, so that one that is past its share does not eat the others'.
 */
public final class Limiter {

    /** The length of every window. */
    public static final int WINDOW_SECONDS = 60;

    private static final int PROVEN = 0;
    private static final int UNPROVEN = 1;

    private final InstantSource time;
    private final CounterTable counters;
    private final HashedCounts signIns;

    /** A limiter with counters of its own. */
    public Limiter(RateTable table, InstantSource time) {
        this.time = time;
        this.counters = new CounterTable(table.size());
        this.signIns = HashedCounts.ofUserNames();
    }

    /**
     * Counts a request of somebody who may use the org's buckets.
     *
     * @param org the org's number
     * @param token the id of the caller's token, if it came with one
     */
    public Admission admit(
            long org, LimitSettings settings, Bucket bucket, @Nullable String token) {
        long second = time.millis() / 1000;
        Counters all = counters.of(org, second);
        if (!settings.profile().unlimited()) {
            all.share();
        }
        Admission admission = new Admission();
        if (token != null && !takeShare(admission, all, settings, token, bucket, second)) {
            return admission;
        }
        if (take(admission, all, settings, bucket, second)) {
            Bucket cumulative = settings.profile().cumulative(bucket.category());
            if (cumulative != null) {
                take(admission, all, settings, cumulative, second);
            }
        }
        return admission;
    }

    /**
     * Counts a request as under way until the admission is closed. To be asked when nothing is left
     * to be waited for from the client: who sends slowly must not take the place of others.
     */
    public Admission enter(
            long org, LimitSettings settings, Bucket bucket, @Nullable String token) {
        Admission admission = new Admission();
        int most = settings.profile().concurrency();
        if (most == 0) {
            return admission;
        }
        long second = time.millis() / 1000;
        Counters all = counters.of(org, second);
        if (enters(admission, all, most, bucket, second, Kind.CONCURRENCY) && token != null) {
            int percent = settings.concurrencyPercentOf(token);
            if (percent < 100) {
                Counters own = all.token(token, second);
                int share = Math.max(1, most * percent / 100);
                enters(admission, own, share, bucket, second, Kind.TOKEN_CONCURRENCY);
            }
        }
        return admission;
    }

    /** Counts a request that is about to be refused because nobody in particular asks. */
    public Admission admitUnproven(long org, Bucket bucket) {
        long second = time.millis() / 1000;
        Admission admission = new Admission();
        long taken = counters.of(org, second).take(UNPROVEN, bucket, second, bucket.limit());
        admission.counted(taken, bucket.limit(), WINDOW_SECONDS);
        return admission;
    }

    /**
     * Counts an attempt to sign in: at most 4 a second for a user name, in every tier but the
     * unlimited one (Per-user limits).
     *
     * @param name in one spelling only, or it is counted as another
     */
    public Admission admitUserName(long org, LimitSettings settings, String name) {
        Admission admission = new Admission();
        if (!settings.profile().unlimited()) {
            signIns.count(admission, org, name, time.millis() / 1000);
        }
        return admission;
    }

    /**
     * What this node has let through in windows that are open, of orgs whose limits can be reached.
     */
    public List<Count> counts() {
        long second = time.millis() / 1000;
        List<Count> counts = new ArrayList<>();
        counters.forEach((all, org) -> all.collect(org, "", second, counts));
        return counts;
    }

    /** What all other nodes together have let through; it counts as if it had been here. */
    public void learn(List<Count> elsewhere) {
        for (Count count : elsewhere) {
            Counters known = counters.known(count.org());
            if (known != null) {
                known.learn(count);
            }
        }
    }

    /** How many orgs have counters now. */
    int orgs() {
        return counters.orgs();
    }

    private static boolean takeShare(
            Admission admission,
            Counters all,
            LimitSettings settings,
            String token,
            Bucket bucket,
            long second) {
        int percent = settings.percentOf(token);
        if (percent == 100) {
            return true;
        }
        int share = bucket.share(percent);
        Counters own = all.token(token, second);
        if (!settings.profile().unlimited()) {
            own.share();
        }
        long others = others(own.elsewhere(), bucket, second);
        long taken = own.take(PROVEN, bucket, second, share - Elsewhere.count(others));
        if (Tally.firstRefused(taken)) {
            note(admission, Kind.TOKEN_VIOLATION, bucket, share, percent, taken, second);
        }
        return admission.counted(taken, share, WINDOW_SECONDS, others);
    }

    private static long others(@Nullable Elsewhere elsewhere, Bucket bucket, long second) {
        return elsewhere == null ? 0 : elsewhere.of(bucket.index(), second);
    }

    private static boolean take(
            Admission admission, Counters all, LimitSettings settings, Bucket bucket, long second) {
        Elsewhere elsewhere = all.elsewhere();
        long others = others(elsewhere, bucket, second);
        int ceiling = bucket.ceiling() - Elsewhere.count(others);
        long taken = all.take(PROVEN, bucket, second, ceiling);
        int percent = settings.warningPercent();
        if (Tally.firstRefused(taken)) {
            note(admission, Kind.VIOLATION, bucket, bucket.ceiling(), percent, taken, second);
        } else if (!Tally.refused(taken)) {
            if (reaches(bucket.reached(percent), taken, others)
                    && (elsewhere == null || elsewhere.warns(bucket.index(), reset(taken)))) {
                note(admission, Kind.WARNING, bucket, bucket.limit(), percent, taken, second);
            }
            if (reaches(bucket.limit() + 1, taken, others)
                    && (elsewhere == null || elsewhere.bursts(bucket.index(), reset(taken)))) {
                note(admission, Kind.BURST, bucket, bucket.ceiling(), percent, taken, second);
            }
        }
        return admission.counted(taken, bucket.limit(), WINDOW_SECONDS, others);
    }

    /**
     * Whether a request reaches a threshold. What others tell comes in leaps, which may skip it.
     */
    private static boolean reaches(int threshold, long taken, long others) {
        int elsewhere = Elsewhere.count(others);
        int count = Tally.count(taken);
        return elsewhere == 0 ? count == threshold : count + elsewhere >= threshold;
    }

    private static long reset(long taken) {
        return Tally.reset(taken, WINDOW_SECONDS);
    }

    private static boolean enters(
            Admission admission,
            Counters counters,
            int most,
            Bucket bucket,
            long second,
            Kind kind) {
        InFlight inFlight = counters.inFlight();
        if (inFlight.enter(most)) {
            admission.heldBy(inFlight);
            return true;
        }
        admission.tooManyUnderWay(second + 1);
        if (inFlight.tellAt(second)) {
            admission.note(new Notice(kind, bucket, most, 0, 1));
        }
        return false;
    }

    private static void note(
            Admission admission,
            Kind kind,
            Bucket bucket,
            int threshold,
            int percent,
            long taken,
            long second) {
        long left = reset(taken) - second;
        admission.note(new Notice(kind, bucket, threshold, percent, left));
    }
}
