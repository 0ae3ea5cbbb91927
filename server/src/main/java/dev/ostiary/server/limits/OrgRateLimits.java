package dev.ostiary.server.limits;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.limits.Bucket;
import dev.ostiary.platform.limits.LimitSettings;
import dev.ostiary.platform.limits.OrgLimits;
import dev.ostiary.platform.limits.Profile;
import dev.ostiary.platform.limits.RateTable;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.util.Arrays;
import java.util.Optional;

/** What holds in each org, kept in memory under its version. Thread-safe. */
public final class OrgRateLimits implements OrgLimits {

    private final RateTable table;
    private final Profile standard;
    private final RateLimitSettingsStore settings = new RateLimitSettingsStore();
    private final PrincipalRateLimitStore principals = new PrincipalRateLimitStore();
    private final OrgConfig<LimitSettings> config;

    /**
     * @param standard the profile of orgs that have none of their own
     */
    public OrgRateLimits(Database database, RateTable table, Profile standard) {
        this.table = table;
        this.standard = standard;
        this.config =
                new OrgConfig<>(
                        ConfigArea.LIMITS,
                        database,
                        LimitSettings.of(standard),
                        this::load,
                        loaded -> loaded.shares().size());
    }

    @Override
    public LimitSettings at(Org org, ConfigVersions versions) {
        return config.at(org, versions);
    }

    /** The bucket that a request counts in; none where nothing is limited. */
    public Optional<Bucket> bucketOf(Request request) {
        Profile profile = at(request.org(), request.org().versions()).profile();
        return profile.unlimited()
                ? Optional.empty()
                : Optional.ofNullable(
                        profile.bucket(
                                request.operation(),
                                () ->
                                        Arrays.stream(request.localPath().split("/", -1))
                                                .filter(each -> !each.isEmpty())
                                                .toList()));
    }

    private LimitSettings load(Reader reader) {
        Chosen chosen = settings.read(reader);
        Profile profile =
                Optional.ofNullable(chosen.profile()).flatMap(table::profile).orElse(standard);
        return new LimitSettings(profile, chosen.warningThreshold(), principals.shares(reader));
    }
}
