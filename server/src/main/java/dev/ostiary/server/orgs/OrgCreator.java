package dev.ostiary.server.orgs;

import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.directory.groups.GroupSeeds;
import dev.ostiary.server.directory.users.UserSeeds;
import dev.ostiary.server.roles.AdminRoleStore;
import dev.ostiary.server.security.tokens.ApiTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Makes orgs: the row, what a fresh org holds (WIRE), a super administrator and an API token. */
public final class OrgCreator {

    private final Database database;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final GroupSeeds groups;
    private final UserSeeds users;
    private final AdminRoleStore roles;
    private final ApiTokens tokens;

    public OrgCreator(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            GroupSeeds groups,
            UserSeeds users,
            AdminRoleStore roles,
            ApiTokens tokens) {
        this.database = database;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.groups = groups;
        this.users = users;
        this.roles = roles;
        this.tokens = tokens;
    }

    /**
     * A new org, and the only chance to learn its secrets.
     *
     * @param adminLogin login of the super administrator
     * @param adminPassword the administrator's password
     * @param apiToken an API token in the administrator's name
     */
    public record Created(Org org, String adminLogin, String adminPassword, String apiToken) {}

    /**
     * Makes an org.
     *
     * @param name a free subdomain
     * @param port a port of its own that is open already, or null
     * @throws ApiException {@code E0000001} if the name or the port is taken
     */
    public Created create(String name, @Nullable Integer port) {
        return create(name, port, created -> {});
    }

    /**
     * As {@link #create(String, Integer)}.
     *
     * @param keep keeps the secrets before the org is visible; an org whose secrets nobody could
     *     keep is not made. It may be called again, with others.
     */
    public Created create(String name, @Nullable Integer port, Consumer<Created> keep) {
        UserSeeds.Administrator administrator = users.administrator("admin@" + name + ".example");
        try {
            Org org = database.acrossOrgs(tx -> OrgStore.insert(tx, orgId(), name, port, now()));
            // whoever asked for the org belongs to another one, which is nothing for its log (P40)
            return ScopedValue.where(RequestContext.CURRENT, RequestContext.job(ids.requestId()))
                    .call(() -> furnish(org, administrator, keep));
        } catch (UniqueViolation e) {
            String field = e.constraint().equals("org_port_key") ? "port" : "name";
            throw ApiException.validation(
                    field,
                    field
                            + ": An object with this field already exists in the current organization");
        }
    }

    /**
     * Everything that a fresh org holds, in one transaction; only its end makes the org visible.
     */
    private Created furnish(
            Org org, UserSeeds.Administrator administrator, Consumer<Created> keep) {
        return database.write(
                org.number(),
                tx -> {
                    groups.seed(tx, org);
                    String userId = users.create(tx, org, administrator);
                    roles.grant(tx, org, userId, Permissions.SUPER_ADMIN);
                    ApiTokens.Issued token =
                            tokens.issue(tx, org, userId, "First token", "Ostiary");
                    OrgStore.activate(tx, org);
                    tx.emit(
                            events.event("system.org.lifecycle.create")
                                    .target(new Target(org.id(), "Org", org.name(), org.name())));
                    Created created =
                            new Created(
                                    org,
                                    administrator.login(),
                                    administrator.password(),
                                    token.text());
                    keep.accept(created);
                    return created;
                });
    }

    private String orgId() {
        return ids.next("00o", ids.newTail());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
