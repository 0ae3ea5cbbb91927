package dev.ostiary.server;

import dev.ostiary.platform.limits.LimitJournal;
import dev.ostiary.platform.limits.Limiter;
import dev.ostiary.platform.limits.Profile;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.limits.OrgProfiles;
import dev.ostiary.server.limits.OrgRateLimits;
import dev.ostiary.server.limits.PrincipalRateLimits;
import dev.ostiary.server.limits.RateLimitSettings;
import dev.ostiary.server.limits.SharedCounts;
import dev.ostiary.server.orgs.AddressedOrgs;
import java.util.List;
import java.util.Optional;

/**
 * The floor of the {@linkplain House house} that counts requests, and says how many there may be.
 */
final class RateLimiting implements AutoCloseable {

    private final House.Ground ground;
    private final RateTable rates = RateTable.load();
    private final Profile profile;
    private final OrgRateLimits limits;
    private final LimitJournal journal;
    private final Limiter limiter;
    private final Optional<SharedCounts> shared;

    RateLimiting(House.Ground ground) {
        this.ground = ground;
        journal = new LimitJournal(ground.database(), ground.events());
        profile = rates.profile(ground.settings().rateLimits()).orElseThrow();
        limits = new OrgRateLimits(ground.database(), rates, profile);
        limiter = new Limiter(rates, ground.time());
        shared = shared();
    }

    /** The database that the server brings serves one node only, which has nobody to tell. */
    private Optional<SharedCounts> shared() {
        return ground.settings().databaseUrl() == null
                ? Optional.empty()
                : Optional.of(
                        new SharedCounts(
                                ground.database(),
                                limiter,
                                rates,
                                ground.ids().requestId(),
                                ground.time()));
    }

    /** How many requests there may be. */
    OrgRateLimits limits() {
        return limits;
    }

    /** Counts them. */
    Limiter limiter() {
        return limiter;
    }

    /** Tells the log. */
    LimitJournal journal() {
        return journal;
    }

    List<Family> families(AddressedOrgs addressed) {
        return List.of(
                new OrgProfiles(ground.database(), rates, profile, addressed, ground.events()),
                new PrincipalRateLimits(
                        ground.database(), ground.ids(), ground.time(), ground.events()),
                new RateLimitSettings(ground.database(), ground.events()));
    }

    void start() {
        journal.start();
        shared.ifPresent(SharedCounts::start);
    }

    @Override
    public void close() {
        shared.ifPresent(SharedCounts::close);
        journal.close();
    }
}
