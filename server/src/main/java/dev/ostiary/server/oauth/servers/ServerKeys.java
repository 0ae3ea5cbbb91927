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
     * The next key is made before, since making one takes longer than a transaction should; and no
     * token is signed with it before every node publishes it, so that whoever verifies one finds
     * its key, whichever node it asks.
     */
    private Reply rotate(Request request) {
        request.body(Use.SHAPE);
        Org org = request.org();
        AuthorizationServer before = Paths.server(request, servers);
        listed(org, before, changes.now());
        if (!before.schedule().at(changes.now()).announcesNext(changes.now())) {
            changes.write(org, tx -> announce(tx, request));
            everywhere.run();
        }
        Instant now = changes.now();
        AuthorizationServer rotated =
                changes.write(
                        org,
                        tx -> {
                            AuthorizationServer old = changes.require(tx, request);
                            AuthorizationServer server = old.with(old.schedule().rotated(now));
                            keys.rotated(
                                    tx,
                                    org,
                                    server.keyOwner(),
                                    server.schedule().generation(),
                                    now);
                            changes.save(tx, server, List.of());
                            return server;
                        });
        return answer(request, rotated, now);
    }

    private AuthorizationServer announce(Tx tx, Request request) {
        AuthorizationServer old = changes.require(tx, request);
        AuthorizationServer server = old.with(old.schedule().announcing(changes.now()));
        changes.save(tx, server, List.of());
        return server;
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
