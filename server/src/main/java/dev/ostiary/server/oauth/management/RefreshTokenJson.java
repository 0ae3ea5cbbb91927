package dev.ostiary.server.oauth.management;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.RefreshToken;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.TokenScope;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/**
 * A refresh token as administrators see it (schema {@code OAuth2RefreshToken}). Immutable.
 *
 * @param client that has it
 * @param server that issued it, where that is a custom one
 * @param userName of its user
 * @param baseUrl of the org
 * @param list the URL of the list that was asked for
 * @param embedded whether its scopes are told in full
 */
record RefreshTokenJson(
        RefreshToken token,
        OAuthClient client,
        Optional<Server> server,
        String userName,
        String baseUrl,
        String list,
        boolean embedded) {

    /**
     * A custom server.
     *
     * @param pathName how URLs name it
     */
    record Server(AuthorizationServer server, String pathName) {}

    private static final Schema SCOPE =
            Schema.object()
                    .maybe("id", Schema.TEXT)
                    .always("name", Schema.TEXT)
                    .maybe("displayName", Schema.TEXT)
                    .maybe("description", Schema.TEXT)
                    .maybe("_links", Links.SCHEMA);

    static final Schema SCHEMA =
            Schema.object("OAuth2RefreshToken")
                    .always("id", Schema.TEXT)
                    .always("status", Schema.words("ACTIVE"))
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .always("expiresAt", Schema.MOMENT)
                    .always("issuer", Schema.TEXT)
                    .always("clientId", Schema.TEXT)
                    .always("userId", Schema.TEXT)
                    .always("scopes", Schema.list(Schema.TEXT))
                    .maybe("_embedded", Schema.object().always("scopes", Schema.list(SCOPE)))
                    .always("_links", Links.SCHEMA);

    void write(JsonGenerator out) {
        Authorization granted = token.authorization();
        out.writeStartObject();
        out.writeStringProperty("id", token.id());
        out.writeStringProperty("status", "ACTIVE");
        out.writeStringProperty("created", Dates.text(token.created()));
        out.writeStringProperty("lastUpdated", Dates.text(token.lastUpdated()));
        out.writeStringProperty("expiresAt", Dates.text(token.expires()));
        out.writeStringProperty("issuer", issuer());
        out.writeStringProperty("clientId", granted.clientId());
        out.writeStringProperty("userId", granted.userId());
        out.writeArrayPropertyStart("scopes");
        granted.scopes().forEach(out::writeString);
        out.writeEndArray();
        if (embedded) {
            embed(out);
        }
        String self = list + "/" + token.id();
        Links links =
                new Links()
                        .titled("app", client.label(), baseUrl + "/api/v1/apps/" + client.appId())
                        .to("self", self)
                        .hinted("revoke", self, "DELETE")
                        .titled(
                                "client",
                                client.label(),
                                baseUrl + "/oauth2/v1/clients/" + client.id())
                        .titled("user", userName, baseUrl + "/api/v1/users/" + granted.userId());
        server.ifPresent(
                custom ->
                        links.titled(
                                "authorizationServer",
                                custom.server().name(),
                                serverUrl(custom.server())));
        links.write(out);
        out.writeEndObject();
    }

    private String issuer() {
        return server.map(custom -> baseUrl + "/oauth2/" + custom.pathName()).orElse(baseUrl);
    }

    private String serverUrl(AuthorizationServer custom) {
        return baseUrl + "/api/v1/authorizationServers/" + custom.id();
    }

    private void embed(JsonGenerator out) {
        out.writeObjectPropertyStart("_embedded");
        out.writeArrayPropertyStart("scopes");
        token.authorization()
                .scopes()
                .forEach(
                        name ->
                                scope(
                                        out,
                                        name,
                                        server.flatMap(
                                                custom -> custom.server().scopeNamed(name))));
        out.writeEndArray();
        out.writeEndObject();
    }

    /** Of the org's own server scopes have no id. */
    private void scope(JsonGenerator out, String name, Optional<TokenScope> scope) {
        out.writeStartObject();
        scope.ifPresent(each -> out.writeStringProperty("id", each.id()));
        out.writeStringProperty("name", name);
        scope.ifPresent(
                each -> {
                    text(out, "displayName", Optional.ofNullable(each.displayName()));
                    text(out, "description", Optional.ofNullable(each.description()));
                    server.ifPresent(
                            custom ->
                                    new Links()
                                            .titled(
                                                    "scope",
                                                    name,
                                                    serverUrl(custom.server())
                                                            + "/scopes/"
                                                            + each.id())
                                            .write(out));
                });
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, Optional<String> value) {
        value.ifPresent(text -> out.writeStringProperty(name, text));
    }
}
