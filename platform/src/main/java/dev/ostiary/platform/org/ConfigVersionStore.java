package dev.ostiary.platform.org;

import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.platform.store.Tx;

/** The column {@code org.config_versions}. */
public final class ConfigVersionStore {

    /**
     * An expression for the select list of a query that is made anyway: the versions of the org
     * whose number is its one parameter, for {@link ConfigVersions#parse}. PostgreSQL evaluates it
     * once a query, by key.
     */
    public static final String EXPRESSION =
            "(SELECT o.config_versions FROM org o WHERE o.org_id = ?)";

    private ConfigVersionStore() {}

    /**
     * Raises the version of an area: every transaction that changes something in it does so.
     * Whoever raises holds the org's row until the commit: so most do it last, and one that has to
     * be alone while it checks and changes does it first.
     */
    public static void raise(Tx tx, ConfigArea area) {
        tx.changesConfiguration();
        int rows =
                tx.run(
                        Sql.of(
                                """
                                UPDATE org SET config_versions = config_versions || jsonb_build_object(
                                    ?::text, coalesce((config_versions ->> ?)::bigint, 0) + 1)
                                WHERE org_id = ?""",
                                area.key(),
                                area.key(),
                                tx.org()));
        if (rows != 1) {
            throw new IllegalStateException("org " + tx.org() + " has no row");
        }
    }

    /**
     * Holds the org's row as {@link #raise} does, for a transaction that relies on configuration
     * which it does not change.
     */
    public static void hold(Tx tx) {
        tx.one(
                Sql.of("SELECT org_id FROM org WHERE org_id = ? FOR UPDATE", tx.org()),
                row -> row.number("org_id"));
    }

    /** The versions now. An org that was just deleted has none. */
    static ConfigVersions read(Reader reader) {
        return reader.one(
                        Sql.of("SELECT config_versions FROM org WHERE org_id = ?", reader.org()),
                        row -> ConfigVersions.parse(row.json("config_versions")))
                .orElse(ConfigVersions.untouched());
    }
}
