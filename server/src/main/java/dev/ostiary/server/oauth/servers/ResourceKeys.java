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
import java.util.ArrayList;
import java.util.List;

/**
 * The tag OAuth2ResourceServerCredentialsKeys: keys under which access tokens are encrypted.
 * Thread-safe.
 */
public final class ResourceKeys implements Family {

    private final OrgServers servers;
    private final ServerEvents events;
    private final ServerChanges changes;

    /** Keys of the resource servers in this database. */
    public ResourceKeys(
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
                Binding.of("listOAuth2ResourceServerJsonWebKeys", this::list)
                        .answersMany(ResourceKey.SCHEMA),
                Binding.of("addOAuth2ResourceServerJsonWebKey", this::add)
                        .takes(ResourceKey.SHAPE)
                        .answers(ResourceKey.SCHEMA),
                Binding.of("getOAuth2ResourceServerJsonWebKey", this::get)
                        .answers(ResourceKey.SCHEMA),
                Binding.of("deleteOAuth2ResourceServerJsonWebKey", this::delete),
                Binding.of("activateOAuth2ResourceServerJsonWebKey", this::activate)
                        .answers(ResourceKey.SCHEMA),
                Binding.of("deactivateOAuth2ResourceServerJsonWebKey", this::deactivate)
                        .answers(ResourceKey.SCHEMA));
    }

    private Reply list(Request request) {
        String url = Paths.url(request);
        return Reply.list(
                Paths.server(request, servers).resourceKeys(), (key, out) -> key.write(out, url));
    }

    private Reply add(Request request) {
        ResourceKey.Said said = request.body(ResourceKey.SHAPE);
        if (said.status() == Status.ACTIVE) {
            throw refused("A key is added as INACTIVE, and activated afterwards.");
        }
        if (said.kid() == null) {
            throw refused("kid: The field cannot be left blank");
        }
        Instant now = changes.now();
        ResourceKey made =
                new ResourceKey(changes.newId(ResourceKey.PREFIX, request.org()), said, now, now);
        return answer(
                request,
                201,
                changes.change(
                        request,
                        (tx, server) -> {
                            requireFits(server.resourceKeys(), said);
                            List<ResourceKey> all = new ArrayList<>(server.resourceKeys());
                            all.add(made);
                            return Change.of(
                                    server.withResourceKeys(all),
                                    made,
                                    events.key("create", server, made));
                        }));
    }

    private static void requireFits(List<ResourceKey> keys, ResourceKey.Said said) {
        if (keys.size() >= ResourceKey.MOST) {
            throw refused("At most " + ResourceKey.MOST + " keys are allowed.");
        }
        if (keys.stream().anyMatch(key -> key.said().kid() == null)) {
            throw refused("There is a key without a kid.");
        }
        if (keys.stream()
                .anyMatch(key -> said.kid() != null && said.kid().equals(key.said().kid()))) {
            throw refused("kid: There is already a key with this kid.");
        }
    }

    private Reply get(Request request) {
        return answer(request, 200, require(Paths.server(request, servers), request));
    }

    private Reply delete(Request request) {
        changes.change(
                request,
                (tx, server) -> {
                    ResourceKey key = require(server, request);
                    if (key.active()) {
                        throw refused("You can't delete the active encryption key.");
                    }
                    return Change.of(
                            server.withResourceKeys(Placed.without(server.resourceKeys(), key)),
                            key,
                            events.key("delete", server, key));
                });
        return Reply.noContent();
    }

    /** The key that was active is so no more. */
    private Reply activate(Request request) {
        return answer(
                request,
                200,
                changes.change(
                        request,
                        (tx, server) -> {
                            ResourceKey old = require(server, request);
                            if (old.active()) {
                                return Change.of(server, old);
                            }
                            Instant now = changes.now();
                            ResourceKey active = old.in(Status.ACTIVE, now);
                            return Change.of(
                                    server.withResourceKeys(
                                            server.resourceKeys().stream()
                                                    .map(
                                                            each ->
                                                                    each.equals(old)
                                                                            ? active
                                                                            : each.in(
                                                                                    Status.INACTIVE,
                                                                                    now))
                                                    .toList()),
                                    active,
                                    events.key("activate", server, active));
                        }));
    }

    private Reply deactivate(Request request) {
        return answer(
                request,
                200,
                changes.change(
                        request,
                        (tx, server) -> {
                            ResourceKey old = require(server, request);
                            if (!old.active()) {
                                return Change.of(server, old);
                            }
                            if (server.encryption() != null) {
                                throw refused("You can't deactivate the active encryption key.");
                            }
                            ResourceKey inactive = old.in(Status.INACTIVE, changes.now());
                            return Change.of(
                                    server.withResourceKeys(
                                            Placed.swap(server.resourceKeys(), old, inactive)),
                                    inactive,
                                    events.key("deactivate", server, inactive));
                        }));
    }

    private static ApiException refused(String why) {
        return ApiException.validation(ResourceKey.TYPE, why);
    }

    private static ResourceKey require(AuthorizationServer server, Request request) {
        String id = request.variable("keyId");
        return server.resourceKeys().stream()
                .filter(key -> key.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ApiException.notFound(id, ResourceKey.TYPE));
    }

    private static Reply answer(Request request, int status, ResourceKey key) {
        String url = Paths.url(request);
        return Reply.json(status, out -> key.write(out, url));
    }
}
