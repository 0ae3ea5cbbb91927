package dev.ostiary.server.security.threat;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.security.zones.ZoneMap;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The front door of ThreatInsight for sign-in: which addresses attack the org, by what the org
 * itself has seen. An address from which {@value #MOST} sign-ins failed within ten minutes is
 * suspected until an hour has passed without another; of IPv6 the network counts, since whoever has
 * one address there has them all. Addresses in excluded zones are not looked at, and where
 * ThreatInsight does nothing, nothing is counted. Thread-safe.
 */
public final class Threats {

    private static final int MOST = 20;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Duration SUSPECTED_FOR = Duration.ofHours(1);

    /** The log is told once in so long, or who is blocked could fill it. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private final ThreatInsight insight;
    private final OrgZones zones;
    private final EventCatalogue events;
    private final ThreatStore store = new ThreatStore();

    public Threats(ThreatInsight insight, OrgZones zones, EventCatalogue events) {
        this.insight = insight;
        this.zones = zones;
        this.events = events;
    }

    /** What is to be done about an address. */
    public enum Verdict {
        /** Nothing, not even counting. */
        NOTHING,
        /** Failures are counted. */
        COUNTED,
        /** It is suspected, which is logged; and counted. */
        AUDITED,
        /** It is suspected, and refused. */
        BLOCKED;

        /** Whether attacks come from there. */
        public boolean suspected() {
            return this == AUDITED || this == BLOCKED;
        }
    }

    /**
     * An address, as the org's zones have it at this moment. To be asked for out of any reading.
     */
    public Watched at(Org org, @Nullable IpAddress address) {
        return new Watched(this, insight.choice(org), zones.of(org, org.versions()), address);
    }

    /**
     * An address that is watched. Used within one request.
     *
     * @param choice what the org does about those that attack it
     */
    public record Watched(
            Threats threats,
            ThreatInsight.Choice choice,
            ZoneMap zones,
            @Nullable IpAddress address) {

        /** What is to be done about it. */
        public Verdict judge(Reader reader, Instant now) {
            IpAddress here = address;
            if (here == null
                    || choice.action().equals("none")
                    || zones.isIn(choice.excludeZones(), here)) {
                return Verdict.NOTHING;
            }
            Optional<ThreatStore.Failures> failures = threats.store.find(reader, here.network());
            boolean suspected =
                    failures.filter(some -> some.count() >= MOST)
                            .filter(some -> now.isBefore(some.latest().plus(SUSPECTED_FOR)))
                            .isPresent();
            if (!suspected) {
                return Verdict.COUNTED;
            }
            return choice.action().equals("block") ? Verdict.BLOCKED : Verdict.AUDITED;
        }

        /** A sign-in from there has failed. Deferred. */
        public void failed(Tx tx, Verdict verdict, Instant now) {
            IpAddress here = address;
            if (here != null && verdict != Verdict.NOTHING) {
                threats.store.count(tx, here.network(), MOST, WINDOW, SUSPECTED_FOR, now);
            }
        }

        /** Tells the log of a suspected request, where it has not just been told. */
        public void tell(Tx tx, Verdict verdict, Instant now) {
            IpAddress here = address;
            if (here != null
                    && verdict.suspected()
                    && threats.store.isNews(tx, here.network(), now, QUIET)) {
                boolean blocked = verdict == Verdict.BLOCKED;
                tx.emit(
                        threats.events
                                .event("security.threat.detected")
                                .severity(Severity.WARN)
                                .outcome(
                                        new Outcome(
                                                blocked
                                                        ? Outcome.Result.DENY
                                                        : Outcome.Result.ALLOW,
                                                "Login failures"))
                                .debug("threatSuspected", "true")
                                .debug("threatDetections", "{\"Login Failures\":\"HIGH\"}"));
            }
        }
    }
}
