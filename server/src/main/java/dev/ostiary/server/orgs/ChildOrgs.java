package dev.ostiary.server.orgs;

import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Administrator;
import dev.ostiary.server.directory.users.UserSeeds;
import dev.ostiary.server.roles.AdminRoleStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The tag OrgCreator: orgs that make orgs, and each org as the links of that answer show it. Only
 * one that was not made so itself can make others. Thread-safe.
 */
public final class ChildOrgs implements Family {

    private static final Path ROOT = Path.root("org");

    private final Database database;
    private final OrgCreator creator;
    private final OrgHosts hosts;
    private final UserSeeds users;
    private final AdminRoleStore roles;

    public ChildOrgs(
            Database database,
            OrgCreator creator,
            OrgHosts hosts,
            UserSeeds users,
            AdminRoleStore roles) {
        this.database = database;
        this.creator = creator;
        this.hosts = hosts;
        this.users = users;
        this.roles = roles;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("createChildOrg", this::create)
                        .takes(
                                ChildOrg.SHAPE
                                        .schema(Way.IN)
                                        .replaced("admin", Administrator.SCHEMA))
                        .answers(ChildOrgJson.NEW),
                Binding.of("getOrgBySubdomain", this::get).answers(ChildOrgJson.SCHEMA));
    }

    /** An org sees itself; any other, its own children too, is as one that never was (P40). */
    private Reply get(Request request) {
        Org org = request.org();
        String asked = request.variable("subdomain");
        if (!asked.equals(org.name())) {
            throw ApiException.notFound(asked, "Org");
        }
        return database.read(
                org.number(),
                reader -> {
                    OrgStore.Described described = OrgStore.described(reader);
                    ChildOrgJson json =
                            new ChildOrgJson(
                                    org,
                                    described.name().orElse(org.name()),
                                    described.website(),
                                    described.lastUpdated(),
                                    roles.first(reader, Permissions.SUPER_ADMIN),
                                    Optional.empty(),
                                    request.baseUrl());
                    return Reply.ok(json::write);
                });
    }

    private Reply create(Request request) {
        if (!database.read(request.org().number(), OrgStore::isRoot)) {
            throw ApiException.of("E0000015");
        }
        ObjectNode body = request.object();
        Reading reading = new Reading();
        Optional<ChildOrg> order = ChildOrg.SHAPE.read(body, ROOT, reading);
        Optional<Administrator> administrator = administrator(body, reading);
        refuseTaken(body, reading);
        reading.finish();
        ChildOrg child = order.orElseThrow();
        OrgCreator.Made made =
                creator.create(
                        request,
                        wanted(request, child.subdomain(), child.name(), child.website()),
                        administrator.orElseThrow());
        ChildOrgJson json =
                new ChildOrgJson(
                        made.org(),
                        child.name(),
                        Optional.ofNullable(child.website()),
                        made.org().created(),
                        Optional.of(made.adminId()),
                        Optional.of(made.apiToken()),
                        hosts.url(made.org()));
        return Reply.json(201, json::write);
    }

    /** Whoever is wrong about the org learns what is wrong with the administrator, too (P6). */
    private Optional<Administrator> administrator(ObjectNode body, Reading reading) {
        JsonNode admin = body.get("admin");
        return admin != null && admin.isObject()
                ? Optional.of(users.administrator(admin.asObject(), reading))
                : Optional.empty();
    }

    private void refuseTaken(ObjectNode body, Reading reading) {
        String subdomain = text(body, "subdomain");
        String name = text(body, "name");
        creator.taken(new NewOrg(subdomain, null, name, null, 0L))
                .forEach(field -> reading.wrong(ROOT.field(field), NewOrg.TAKEN));
    }

    private static String text(ObjectNode body, String field) {
        return body.path(field).asString("");
    }

    private static NewOrg wanted(
            Request request, String subdomain, String name, @Nullable String website) {
        return new NewOrg(subdomain, null, name, website, request.org().number());
    }
}
