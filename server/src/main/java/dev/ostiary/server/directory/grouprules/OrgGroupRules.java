package dev.ostiary.server.directory.grouprules;

import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.ConfigVersions;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;

/** Every org's rules as this node keeps them, understood once. Thread-safe. */
final class OrgGroupRules {

    private final GroupRuleStore store = new GroupRuleStore();
    private final OrgConfig<RuleSet> config;

    OrgGroupRules(Database database) {
        this.config =
                new OrgConfig<>(
                        ConfigArea.GROUP_RULES,
                        database,
                        RuleSet.untouched(),
                        this::load,
                        RuleSet::size);
    }

    /** The rules of an org, at the versions that the request learned. */
    RuleSet of(Org org) {
        return config.at(org, org.versions());
    }

    /** The rules as they are now. The version is read first, so that they are no older. */
    RuleSet load(Reader reader) {
        long version = versions(reader).of(ConfigArea.GROUP_RULES);
        return version == 0 ? RuleSet.untouched() : new RuleSet(version, store.all(reader));
    }

    /** The versions of the org's configuration now. */
    static ConfigVersions versions(Reader reader) {
        return reader.one(
                        Sql.of("SELECT " + ConfigVersionStore.EXPRESSION + " AS v", reader.org()),
                        row -> ConfigVersions.parse(row.json("v")))
                .orElse(ConfigVersions.untouched());
    }
}
