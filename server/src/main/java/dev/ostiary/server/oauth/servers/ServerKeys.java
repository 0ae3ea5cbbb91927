package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.keys.SigningKey;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.keys.SigningKeys.Listed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The tag AuthorizationServerKeys: the keys that a server signs with. Thread-safe. */
public final class ServerKeys implements Family {

    /** The type of a key in errors. */
    private static final String TYPE = "JsonWebKey";

    private static final Schema SCHEMA =
            Schema.object("AuthorizationServerJsonWebKey")
                    .always("status", Schema.words(KeySchedule.Status.values()))
                    .with(SigningKey.PUBLIC)
                    .always("_links", Links.SCHEMA);

    private final OrgServers servers;
    private final SigningKeys keys;
    private final ServerChanges changes;
    private final Runnable everywhere;

    /**
     * Keys of the servers in this database.
     *
     * @param everywhere waits until every node tells of what stands now
     */
    public ServerKeys(
            Database database,
            Ids ids,
            InstantSource time,
            OrgServers servers,
            SigningKeys keys,
            Runnable everywhere) {
        this.everywhere = everywhere;
        this.servers = servers;
        this.keys = keys;
        this.changes = new ServerChanges(database, ids, time);
    }

    private record Use(String use) {

        private static final Shape<Use> SHAPE = shape();

        private static Shape<Use> shape() {
            Shape.Builder<Use> shape = Shape.of("jwkUse");
            Field<Use, String> use =
                    shape.field("use", Type.TEXT, Use::use)
                            .required()
                            .must("sig"::equals, "must be 'sig'");
            return shape.build(in -> new Use(in.get(use)));
        }
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listAuthorizationServerKeys", this::list).answersMany(SCHEMA),
                Binding.of("getAuthorizationServerKey", this::get).answers(SCHEMA),
                Binding.of("rotateAuthorizationServerKeys", this::rotate)
                        .takes(Use.SHAPE)
                        .answersMany(SCHEMA));
    }

    private Reply list(Request request) {
        return answer(request, Paths.server(request, servers), changes.now());
    }

    private Reply answer(Request request, AuthorizationServer server, Instant now) {
        return Reply.list(
                listed(request.org(), server, now), (each, out) -> write(request, each, out));
    }

    private List<Listed> listed(Org org, AuthorizationServer server, Instant now) {
        return keys.listed(org, server.keyOwner(), server.schedule(), now);
    }

    private Reply get(Request request) {
        AuthorizationServer server = Paths.server(request, servers);
        String kid = request.variable("keyId");
        Listed found =
                listed(request.org(), server, changes.now()).stream()
                        .filter(each -> each.key().kid().equals(kid))
                        .findFirst()
                        .orElseThrow(() -> ApiException.notFound(kid, TYPE));
        return Reply.ok(out -> write(request, found, out));
    }

    /**
     * No token is signed with a key before every node publishes it, so that whoever verifies one
     * finds its key, whichever node it asks. Of several that rotate at once, each waits for a key
     * of its own: what one of them has published is not what another one may sign with.
     */
    private Reply rotate(Request request) {
        request.body(Use.SHAPE);
        while (true) {
            AuthorizationServer announced =
                    changes.write(request.org(), tx -> announce(tx, request));
            // made here, since making a key takes longer than a transaction should
            listed(request.org(), announced, changes.now());
            if (!announced.schedule().longAnnounced(changes.now())) {
                everywhere.run();
            }
            Optional<AuthorizationServer> rotated =
                    changes.write(request.org(), tx -> takeOver(tx, request, announced.schedule()));
            if (rotated.isPresent()) {
                return answer(request, rotated.get(), changes.now());
            }
        }
    }

    private AuthorizationServer announce(Tx tx, Request request) {
        AuthorizationServer old = changes.require(tx, request);
        Instant now = changes.now();
        KeySchedule current = old.schedule().at(now);
        if (current.announced() || current.longAnnounced(now)) {
            return old.with(current);
        }
        AuthorizationServer server = old.with(current.announcing(now));
        changes.save(tx, server, List.of());
        return server;
    }

    /** The next key signs; empty where another one than the announced would be next by now. */
    private Optional<AuthorizationServer> takeOver(Tx tx, Request request, KeySchedule announced) {
        AuthorizationServer old = changes.require(tx, request);
        Instant now = changes.now();
        KeySchedule current = old.schedule().at(now);
        if (current.generation() != announced.generation() || !current.announcesNext(now)) {
            return Optional.empty();
        }
        AuthorizationServer server = old.with(current.rotated(now));
        int generation = server.schedule().generation();
        keys.rotated(tx, request.org(), server.keyOwner(), generation, now);
        changes.save(tx, server, List.of());
        return Optional.of(server);
    }

    private static void write(Request request, Listed listed, JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("status", listed.status().name());
        listed.key().writePublic(out);
        String self = Paths.url(request) + "/credentials/keys/" + listed.key().kid();
        new Links().hinted("self", self, "GET").write(out);
        out.writeEndObject();
    }
}
