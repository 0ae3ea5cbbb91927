package dev.ostiary.platform.http;

import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgSettings;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The org's settings and the versions of its configuration as they are now, wherever the request
 * has learned of their version; a public operation has those with which the org was found.
 */
final class ReadSettings implements Step {

    private final BiFunction<Org, ConfigVersions, OrgSettings> settings;

    ReadSettings(BiFunction<Org, ConfigVersions, OrgSettings> settings) {
        this.settings = settings;
    }

    @Override
    public Optional<Reply> run(Exchange exchange) {
        Org org = exchange.org();
        exchange.knownVersions()
                .ifPresent(
                        versions ->
                                exchange.org(org.with(settings.apply(org, versions)).at(versions)));
        return Optional.empty();
    }
}
