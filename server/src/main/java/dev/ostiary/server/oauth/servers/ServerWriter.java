package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.oauth.keys.KeySchedule;
import dev.ostiary.server.oauth.servers.ServerTerms.IssuerMode;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** Writes servers as an org's administrators see them. Immutable. */
final class ServerWriter {

    static final Schema SCHEMA =
            Schema.object("AuthorizationServer")
                    .always("id", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .maybe("description", Schema.TEXT)
                    .always("audiences", Schema.list(Schema.TEXT))
                    .always("issuer", Schema.TEXT)
                    .always("issuerMode", Schema.words(IssuerMode.values()))
                    .always("status", Schema.words(Status.values()))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always(
                            "credentials",
                            Schema.object()
                                    .always(
                                            "signing",
                                            Schema.object()
                                                    .always("kid", Schema.TEXT)
                                                    .always(
                                                            "rotationMode",
                                                            Schema.words(KeySchedule.Mode.values()))
                                                    .always("lastRotated", Schema.MOMENT)
                                                    .maybe("nextRotation", Schema.MOMENT)))
                    .always("default", Schema.BOOLEAN)
                    .maybe("accessTokenEncryptedResponseAlgorithm", Schema.TEXT)
                    .maybe(
                            "jwks",
                            Schema.object()
                                    .always(
                                            "keys",
                                            Schema.list(
                                                    Schema.object()
                                                            .always("id", Schema.TEXT)
                                                            .with(
                                                                    ResourceKey.SHAPE.schema(
                                                                            Way.OUT)))))
                    .maybe("jwks_uri", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    private final OrgServers servers;
    private final Org org;
    private final String baseUrl;
    private final Instant now;

    /**
     * @param baseUrl scheme and host as the client used them
     */
    ServerWriter(OrgServers servers, Org org, String baseUrl, Instant now) {
        this.servers = servers;
        this.org = org;
        this.baseUrl = baseUrl;
        this.now = now;
    }

    /** The URL of a server as an object of the API. */
    String url(AuthorizationServer server) {
        return baseUrl + "/api/v1/authorizationServers/" + server.pathName(org);
    }

    /** A server with all its links. */
    void write(AuthorizationServer server, JsonGenerator out) {
        out.writeStartObject();
        members(server, out);
        links(server).write(out);
        out.writeEndObject();
    }

    /** A server as one that another one trusts. */
    void associated(AuthorizationServer server, AuthorizationServer by, JsonGenerator out) {
        out.writeStartObject();
        members(server, out);
        new Links()
                .hinted("self", url(by) + "/associatedServers/" + server.id(), "DELETE")
                .write(out);
        out.writeEndObject();
    }

    private void members(AuthorizationServer server, JsonGenerator out) {
        out.writeStringProperty("id", server.id());
        out.writeStringProperty("name", server.name());
        text(out, "description", Optional.ofNullable(server.description()));
        out.writeArrayPropertyStart("audiences");
        out.writeString(server.audience());
        out.writeEndArray();
        out.writeStringProperty("issuer", servers.issuer(org, baseUrl, server));
        out.writeStringProperty("issuerMode", server.issuerMode().name());
        out.writeStringProperty("status", server.status().name());
        out.writeStringProperty("created", Dates.text(server.created()));
        out.writeStringProperty("lastUpdated", Dates.text(server.lastUpdated()));
        credentials(server, out);
        out.writeBooleanProperty("default", server.isDefault(org));
        text(
                out,
                "accessTokenEncryptedResponseAlgorithm",
                Optional.ofNullable(server.encryption()).map(ServerTerms.Encryption::wire));
        text(out, "jwks_uri", Optional.ofNullable(server.jwksUri()));
        if (!server.resourceKeys().isEmpty()) {
            keys(server, out);
        }
    }

    private void credentials(AuthorizationServer server, JsonGenerator out) {
        KeySchedule schedule = server.schedule().at(now);
        out.writeObjectPropertyStart("credentials");
        out.writeObjectPropertyStart("signing");
        out.writeStringProperty("kid", server.keyOwner().kid(org, schedule.generation()));
        out.writeStringProperty("rotationMode", schedule.mode().name());
        out.writeStringProperty("lastRotated", Dates.text(schedule.lastRotated()));
        switch (schedule.mode()) {
            case AUTO ->
                    out.writeStringProperty("nextRotation", Dates.text(schedule.nextRotation()));
            case MANUAL -> {}
        }
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void keys(AuthorizationServer server, JsonGenerator out) {
        out.writeObjectPropertyStart("jwks");
        out.writeArrayPropertyStart("keys");
        for (ResourceKey key : server.resourceKeys()) {
            out.writeStartObject();
            out.writeStringProperty("id", key.id());
            ResourceKey.SHAPE.writeFields(out, key.said());
            out.writeEndObject();
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, Optional<String> value) {
        value.ifPresent(text -> out.writeStringProperty(name, text));
    }

    private Links links(AuthorizationServer server) {
        String self = url(server);
        String metadata = baseUrl + "/oauth2/" + server.pathName(org) + "/.well-known/";
        String step = server.status().step();
        return new Links()
                .hinted("rotateKey", self + "/credentials/lifecycle/keyRotate", "POST")
                .hintedItem(
                        "metadata",
                        "oauth-authorization-server",
                        metadata + "oauth-authorization-server",
                        "GET")
                .hintedItem(
                        "metadata",
                        "openid-configuration",
                        metadata + "openid-configuration",
                        "GET")
                .hinted("keys", self + "/credentials/keys", "GET")
                .hinted("claims", self + "/claims", "GET")
                .hinted("policies", self + "/policies", "GET")
                .hinted("self", self, "GET", "DELETE", "PUT")
                .hinted("scopes", self + "/scopes", "GET")
                .hinted(step, self + "/lifecycle/" + step, "POST");
    }
}
