package dev.ostiary.server.orgs;

import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.RequestContext;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.platform.store.UniqueViolation;
import dev.ostiary.server.directory.groups.GroupSeeds;
import dev.ostiary.server.directory.users.Administrator;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserEvents;
import dev.ostiary.server.directory.users.UserSeeds;
import dev.ostiary.server.roles.AdminRoleStore;
import dev.ostiary.server.security.tokens.ApiTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes orgs: the row, what a fresh org holds (WIRE), a super administrator and an API token; from
 * then on it is found by its host. Thread-safe.
 */
public final class OrgCreator {

    private final Database database;
    private final OrgStore store;
    private final OrgHosts hosts;
    private final Ids ids;
    private final InstantSource time;
    private final EventCatalogue events;
    private final OrgNews news;
    private final GroupSeeds groups;
    private final UserSeeds users;
    private final AdminRoleStore roles;
    private final ApiTokens tokens;

    public OrgCreator(
            Database database,
            OrgStore store,
            OrgHosts hosts,
            Ids ids,
            InstantSource time,
            EventCatalogue events,
            GroupSeeds groups,
            UserSeeds users,
            AdminRoleStore roles,
            ApiTokens tokens) {
        this.database = database;
        this.store = store;
        this.hosts = hosts;
        this.ids = ids;
        this.time = time;
        this.events = events;
        this.news = new OrgNews(events);
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
     * An org with an administrator whom somebody else described.
     *
     * @param adminId id of the super administrator
     * @param apiToken an API token in the administrator's name
     */
    record Made(Org org, String adminId, String apiToken) {}

    /**
     * Makes the first org.
     *
     * @param name its subdomain
     * @param keep keeps the secrets before the org is visible; an org whose secrets nobody could
     *     keep is not made. It may be called again, with others.
     */
    public Created create(String name, Consumer<Created> keep) {
        return withSecrets(NewOrg.root(name, null), Optional.empty(), keep);
    }

    /**
     * Makes an org that a request asks for.
     *
     * @param name a free subdomain
     * @param port a port of its own that is open already, or null
     * @throws ApiException {@code E0000001} if the name or the port is taken
     */
    Created create(Request request, String name, @Nullable Integer port) {
        return withSecrets(NewOrg.root(name, port), Optional.of(request), created -> {});
    }

    /** As the other one, with an administrator whom the request describes. */
    Made create(Request request, NewOrg wanted, Administrator administrator) {
        return make(wanted, administrator, Optional.of(request), made -> {});
    }

    private Created withSecrets(NewOrg wanted, Optional<Request> request, Consumer<Created> keep) {
        String login = "admin@" + wanted.name() + ".example";
        String password = users.password();
        Made made =
                make(
                        wanted,
                        users.administrator(login, password),
                        request,
                        secrets -> keep.accept(created(secrets, login, password)));
        return created(made, login, password);
    }

    private static Created created(Made made, String login, String password) {
        return new Created(made.org(), login, password, made.apiToken());
    }

    /**
     * Everything that a fresh org holds comes in one transaction, whose end makes the org visible,
     * and which tells the log of the org that asked for it.
     */
    private Made make(
            NewOrg wanted,
            Administrator administrator,
            Optional<Request> request,
            Consumer<Made> keep) {
        UserSeeds.Seed seed = users.seed(administrator);
        Made made;
        try {
            Org org = database.acrossOrgs(tx -> OrgStore.insert(tx, orgId(), wanted, now()));
            made =
                    database.writeWithoutWall(
                            org.number(),
                            tx -> {
                                Made furnished = unseen(() -> furnish(tx, org, seed));
                                request.ifPresent(asked -> news.made(tx, asked, org));
                                keep.accept(furnished);
                                return furnished;
                            });
        } catch (UniqueViolation e) {
            throw refusal(wanted, e);
        }
        store.forget();
        hosts.added(made.org());
        return made;
    }

    /** Whoever asked for the org belongs to another one, which is nothing for its log (P40). */
    private Made unseen(ScopedValue.CallableOp<Made, RuntimeException> work) {
        return RequestContext.bind(RequestContext.job(ids.requestId())).call(work);
    }

    private Made furnish(Tx tx, Org org, UserSeeds.Seed seed) {
        groups.seed(tx, org);
        User administrator = seed.in(tx, org, hosts.url(org));
        roles.grant(tx, org, administrator.id(), Permissions.SUPER_ADMIN);
        tx.emit(
                events.event("user.account.privilege.grant")
                        .target(UserEvents.target(administrator))
                        .debug("privilegeGranted", "Super administrator"));
        ApiTokens.Issued token =
                tokens.issue(tx, org, administrator.id(), "First token", "Ostiary");
        OrgStore.activate(tx, org);
        tx.emit(events.event("system.org.lifecycle.create").target(OrgNews.target(org)));
        return new Made(org, administrator.id(), token.text());
    }

    private ApiException refusal(NewOrg wanted, UniqueViolation violation) {
        List<String> fields = taken(wanted);
        String first =
                fields.isEmpty()
                        ? wanted.field(violation.constraint()).orElseThrow(() -> violation)
                        : fields.getFirst();
        List<String> causes =
                fields.isEmpty()
                        ? List.of(NewOrg.taken(first))
                        : fields.stream().map(NewOrg::taken).toList();
        return ApiException.validation(first, causes);
    }

    /** The fields of an org that is wanted whose values another one has. */
    List<String> taken(NewOrg wanted) {
        return database.acrossOrgs(tx -> OrgStore.taken(tx, wanted)).stream()
                .flatMap(constraint -> wanted.field(constraint).stream())
                .toList();
    }

    private String orgId() {
        return ids.next("00o", ids.newTail());
    }

    private Instant now() {
        return time.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
