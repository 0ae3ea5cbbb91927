package dev.ostiary.platform.http;

import dev.ostiary.platform.access.Caller;
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
        learned(exchange)
                .ifPresent(
                        versions ->
                                exchange.org(org.with(settings.apply(org, versions)).at(versions)));
        return Optional.empty();
    }

    /** No query is made for the operator, so that none brings the versions along. */
    private static Optional<ConfigVersions> learned(Exchange exchange) {
        return switch (exchange.caller()) {
            case Caller.Operator operator -> Optional.of(exchange.versions());
            case Caller.Token token -> exchange.knownVersions();
            case Caller.Session session -> exchange.knownVersions();
            case Caller.Bearer bearer -> exchange.knownVersions();
            case Caller.Anonymous nobody -> exchange.knownVersions();
        };
    }
}
