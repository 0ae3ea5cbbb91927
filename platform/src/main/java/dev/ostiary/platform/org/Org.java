package dev.ostiary.platform.org;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant. Everything that it holds is keyed by its number inside and never reachable from another
 * one (P1, P40).
 *
 * @param number the key inside the database
 * @param id the public id, {@code 00o…}
 * @param name the subdomain, lower case: letters, digits and hyphens
 * @param port the port of its own, if it has one
 * @param settings the switches of this org
 * @param versions of its configuration, as the request learned them; untouched where nobody did
 * @param customHost the custom domain that the request was sent to, lower case; null for none
 * @param created when it was made
 */
public record Org(
        long number,
        String id,
        String name,
        @Nullable Integer port,
        OrgSettings settings,
        ConfigVersions versions,
        @Nullable String customHost,
        Instant created) {

    /** An org of whose configuration nothing is known. */
    public Org(
            long number,
            String id,
            String name,
            @Nullable Integer port,
            OrgSettings settings,
            Instant created) {
        this(number, id, name, port, settings, ConfigVersions.untouched(), null, created);
    }

    /** The same org with other settings. */
    public Org with(OrgSettings other) {
        return new Org(number, id, name, port, other, versions, customHost, created);
    }

    /** The same org, whose configuration is known to have these versions. */
    public Org at(ConfigVersions known) {
        return new Org(number, id, name, port, settings, known, customHost, created);
    }

    /** The same org, reached by a custom domain. */
    public Org reachedBy(String host) {
        return new Org(number, id, name, port, settings, versions, host, created);
    }

    /** The last three characters of every id that is made in this org. */
    public String tail() {
        return id.substring(id.length() - 3);
    }
}
