package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.issued.DeviceSecret;
import dev.ostiary.server.oauth.issued.RefreshToken;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What is told of a token that is good (OpenID Connect API, {@code /introspect}). Immutable. */
sealed interface Introspection {

    /** Writes it, without {@code active}. */
    void write(JsonGenerator out);

    /** An access token or an ID token. */
    record Signed(Read token) implements Introspection {

        /** What of its claims the answer has under their own names. */
        private static final List<String> TOLD =
                List.of("exp", "iat", "sub", "aud", "iss", "jti", "uid");

        @Override
        public void write(JsonGenerator out) {
            ObjectNode claims = token.claims();
            out.writeStringProperty(
                    "token_type", claims.at("/cnf/jkt").isString() ? "DPoP" : "Bearer");
            if (claims.path("scp").isArray()) {
                out.writeStringProperty(
                        "scope",
                        claims.path("scp")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.joining(" ")));
            }
            token.text(token.isAccessToken() ? "cid" : "aud")
                    .ifPresent(client -> out.writeStringProperty("client_id", client));
            userName().ifPresent(name -> out.writeStringProperty("username", name));
            for (String name : TOLD) {
                JsonNode claim = claims.path(name);
                if (claim.isString()) {
                    out.writeStringProperty(name, claim.stringValue());
                } else if (claim.isIntegralNumber()) {
                    out.writeNumberProperty(name, claim.longValue());
                }
            }
            JsonNode key = claims.at("/cnf/jkt");
            if (key.isString()) {
                // RFC 9449, 6.2: else a resource server could not hold the proof against it
                out.writeObjectPropertyStart("cnf");
                out.writeStringProperty("jkt", key.stringValue());
                out.writeEndObject();
            }
        }

        /** The subject of an ID token is an id, and no name. */
        private Optional<String> userName() {
            return token.text(token.isAccessToken() ? "sub" : "preferred_username");
        }
    }

    /** The secret of a device (guide "Configure Native SSO"). */
    record Device(DeviceSecret secret) implements Introspection {

        @Override
        public void write(JsonGenerator out) {
            out.writeStringProperty("sid", secret.sid());
            out.writeStringProperty("token_type", NativeSso.DEVICE_SECRET);
            out.writeNumberProperty("exp", secret.expires().getEpochSecond());
        }
    }

    /**
     * A refresh token.
     *
     * @param login of the user
     */
    record Refresh(RefreshToken token, String login) implements Introspection {

        @Override
        public void write(JsonGenerator out) {
            out.writeStringProperty("token_type", "Bearer");
            out.writeStringProperty("scope", String.join(" ", token.authorization().scopes()));
            out.writeStringProperty("client_id", token.authorization().clientId());
            out.writeStringProperty("username", login);
            out.writeNumberProperty("exp", token.expires().getEpochSecond());
            out.writeNumberProperty("iat", token.created().getEpochSecond());
            out.writeStringProperty("sub", login);
            out.writeStringProperty("jti", token.id());
            out.writeStringProperty("uid", token.authorization().userId());
        }
    }
}
