package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.servers.ServerChanges.Change;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** The tag AuthorizationServerPolicies. Thread-safe. */
public final class AccessPolicies implements Family {

    private static final int MOST = 500;

    private final OrgServers servers;
    private final ServerEvents events;
    private final ServerChanges changes;

    /** Policies of the servers in this database. */
    public AccessPolicies(
            Database database,
            Ids ids,
            InstantSource time,
            EventCatalogue catalogue,
            OrgServers servers) {
        this.servers = servers;
        this.events = new ServerEvents(catalogue);
        this.changes = new ServerChanges(database, ids, time);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listAuthorizationServerPolicies", this::list)
                        .answersMany(AccessPolicy.SCHEMA),
                Binding.of("createAuthorizationServerPolicy", this::create)
                        .takes(Placed.schema(AccessPolicy.TERMS))
                        .answers(AccessPolicy.SCHEMA),
                Binding.of("getAuthorizationServerPolicy", this::get).answers(AccessPolicy.SCHEMA),
                Binding.of("replaceAuthorizationServerPolicy", this::replace)
                        .takes(Placed.schema(AccessPolicy.TERMS))
                        .answers(AccessPolicy.SCHEMA),
                Binding.of("deleteAuthorizationServerPolicy", this::delete),
                Binding.of(
                        "activateAuthorizationServerPolicy",
                        request -> step(request, Status.ACTIVE)),
                Binding.of(
                        "deactivateAuthorizationServerPolicy",
                        request -> step(request, Status.INACTIVE)));
    }

    /** A policy and its place, as an answer. */
    private record Shown(AccessPolicy policy, int priority) {

        static Shown in(AuthorizationServer server, AccessPolicy policy) {
            return new Shown(policy, server.policies().indexOf(policy) + 1);
        }

        void write(JsonGenerator out, String server) {
            policy.write(out, priority, server);
        }
    }

    private Reply list(Request request) {
        AuthorizationServer server = Paths.server(request, servers);
        String url = Paths.url(request);
        return Reply.list(
                server.policies().stream().map(each -> Shown.in(server, each)).toList(),
                (shown, out) -> shown.write(out, url));
    }

    private Reply create(Request request) {
        Placed<AccessPolicy.Terms> said =
                Placed.read(request, AccessPolicy.TERMS, AccessPolicy.WIRE_TYPE);
        Instant now = changes.now();
        AccessPolicy made =
                new AccessPolicy(
                        changes.newId(AccessPolicy.PREFIX, request.org()),
                        said.terms(),
                        said.status().orElse(Status.ACTIVE),
                        List.of(),
                        now,
                        now);
        return answer(
                request,
                201,
                changes.change(
                        request,
                        (tx, server) -> {
                            if (server.policies().size() >= MOST) {
                                throw ApiException.validation(
                                        "policy", "At most " + MOST + " policies are allowed");
                            }
                            requireFree(server, made);
                            return changed(
                                    server,
                                    server.withPolicies(said.put(server.policies(), made)),
                                    made,
                                    "policy.lifecycle.create");
                        }));
    }

    private static void requireFree(AuthorizationServer server, AccessPolicy policy) {
        if (server.policies().stream()
                .anyMatch(
                        other ->
                                other.terms().name().equals(policy.terms().name())
                                        && !other.id().equals(policy.id()))) {
            throw ServerChanges.nameTaken();
        }
    }

    private Change<Shown> changed(
            AuthorizationServer before,
            AuthorizationServer after,
            AccessPolicy policy,
            String event) {
        return Change.of(after, Shown.in(after, policy), events.policy(event, before, policy));
    }

    private Reply get(Request request) {
        AuthorizationServer server = Paths.server(request, servers);
        return answer(request, 200, Shown.in(server, Paths.policy(request, server)));
    }

    private Reply replace(Request request) {
        Placed<AccessPolicy.Terms> said =
                Placed.read(request, AccessPolicy.TERMS, AccessPolicy.WIRE_TYPE);
        return answer(
                request,
                200,
                changes.change(
                        request,
                        (tx, server) -> {
                            AccessPolicy old = Paths.policy(request, server);
                            AccessPolicy changed =
                                    old.with(
                                            said.terms(),
                                            said.status().orElse(old.status()),
                                            changes.now());
                            requireFree(server, changed);
                            AuthorizationServer after =
                                    server.withPolicies(said.move(server.policies(), old, changed));
                            return isSame(server, old, after, changed)
                                    ? Change.of(server, Shown.in(server, old))
                                    : changed(server, after, changed, "policy.lifecycle.update");
                        }));
    }

    private static boolean isSame(
            AuthorizationServer server,
            AccessPolicy old,
            AuthorizationServer after,
            AccessPolicy changed) {
        return changed.terms().equals(old.terms())
                && changed.status() == old.status()
                && server.policies().indexOf(old) == after.policies().indexOf(changed);
    }

    private Reply delete(Request request) {
        changes.change(
                request,
                (tx, server) -> {
                    AccessPolicy policy = Paths.policy(request, server);
                    return changed(
                            server,
                            server.withPolicies(Placed.without(server.policies(), policy)),
                            policy,
                            "policy.lifecycle.delete");
                });
        return Reply.noContent();
    }

    private Reply step(Request request, Status status) {
        String event =
                switch (status) {
                    case ACTIVE -> "policy.lifecycle.activate";
                    case INACTIVE -> "policy.lifecycle.deactivate";
                };
        changes.change(
                request,
                (tx, server) -> {
                    AccessPolicy old = Paths.policy(request, server);
                    if (old.status() == status) {
                        return Change.of(server, Shown.in(server, old));
                    }
                    AccessPolicy changed = old.with(old.terms(), status, changes.now());
                    return changed(
                            server,
                            server.withPolicies(Placed.swap(server.policies(), old, changed)),
                            changed,
                            event);
                });
        return Reply.noContent();
    }

    private static Reply answer(Request request, int status, Shown shown) {
        String url = Paths.url(request);
        return Reply.json(status, out -> shown.write(out, url));
    }
}
