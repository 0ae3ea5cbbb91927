package dev.ostiary.server.oauth.discovery;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.org.ConfigVersionLookup;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.oauth.keys.KeyOwner;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.keys.SigningKey;
import dev.ostiary.server.oauth.keys.SigningKeys;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.OrgServers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Metadata and key sets. Anybody may ask, and everybody does: so they are told out of memory, a
 * second behind other nodes at most. Thread-safe.
 */
public final class Discovery implements Family {

    private static final Schema KEY_SET =
            Schema.object("OAuthKeys").always("keys", Schema.list(SigningKey.PUBLIC));

    private final ConfigVersionLookup versions;
    private final OrgServers servers;
    private final SigningKeys keys;
    private final InstantSource time;

    /**
     * What the servers of an org tell.
     *
     * @param versions read for those servers of which nothing is known
     */
    public Discovery(
            ConfigVersionLookup versions,
            OrgServers servers,
            SigningKeys keys,
            InstantSource time) {
        this.versions = versions;
        this.servers = servers;
        this.keys = keys;
        this.time = time;
    }

    @Override
    public List<Binding> bindings() {
        return Stream.of(
                        Binding.of("getWellKnownOpenIDConfiguration", this::ofOrg)
                                .answers(Metadata.SCHEMA),
                        Binding.of("getWellKnownOAuthConfiguration", this::ofOrg)
                                .answers(Metadata.SCHEMA),
                        Binding.of("getWellKnownOAuthConfigurationCustomAS", this::ofServer)
                                .answers(Metadata.SCHEMA),
                        Binding.of("getWellKnownOpenIDConfigurationCustomAS", this::openIdOfServer)
                                .answers(Metadata.SCHEMA),
                        Binding.of("oauthKeys", this::keysOfOrg).answers(KEY_SET),
                        Binding.of("oauthKeysCustomAS", this::keysOfServer).answers(KEY_SET))
                .map(Binding::lagging)
                .toList();
    }

    private Reply ofOrg(Request request) {
        return Reply.ok(out -> Metadata.ofOrg(request.baseUrl()).write(out));
    }

    private Reply ofServer(Request request) {
        AuthorizationServer server = server(request);
        Metadata metadata = metadata(request, server, false);
        return Reply.ok(metadata::write);
    }

    private Reply openIdOfServer(Request request) {
        AuthorizationServer server = server(request);
        Metadata metadata = metadata(request, server, true);
        return Reply.ok(metadata::write);
    }

    private Metadata metadata(Request request, AuthorizationServer server, boolean openId) {
        Org org = request.org();
        String called = request.baseUrl();
        return Metadata.of(servers.issuer(org, called, server), called, org, server, openId);
    }

    /**
     * An inactive server tells nothing, as if it were not there. One that is not known to tell
     * anything may have begun to a moment ago, on another node.
     */
    private AuthorizationServer server(Request request) {
        Org org = request.org();
        String id = request.variable("authorizationServerId");
        return server(org, id)
                .or(() -> server(org.at(versions.now(org)), id))
                .orElseThrow(() -> ApiException.notFound(id, AuthorizationServer.TYPE));
    }

    private Optional<AuthorizationServer> server(Org org, String id) {
        return servers.of(org).find(org, id).filter(AuthorizationServer::active);
    }

    private Reply keysOfOrg(Request request) {
        return keySet(request.org(), KeyOwner.ofOrg(), KeySchedule.from(request.org().created()));
    }

    private Reply keysOfServer(Request request) {
        AuthorizationServer server = server(request);
        return keySet(request.org(), server.keyOwner(), server.schedule());
    }

    /** Clients may keep it for as long as it will stay the same by itself. */
    private Reply keySet(Org org, KeyOwner owner, KeySchedule schedule) {
        Instant now = time.instant();
        List<SigningKey> published = keys.published(org, owner, schedule, now);
        return Reply.ok(
                        out -> {
                            out.writeStartObject();
                            out.writeArrayPropertyStart("keys");
                            for (SigningKey key : published) {
                                out.writeStartObject();
                                key.writePublic(out);
                                out.writeEndObject();
                            }
                            out.writeEndArray();
                            out.writeEndObject();
                        })
                .with(
                        "Cache-Control",
                        "max-age=" + schedule.unchangedFor(now).toSeconds() + ", must-revalidate");
    }
}
