package dev.ostiary.server.oauth.authorize;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.authorize.PushedRequestStore.Pushed;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.clients.RequestObjects;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the parameters of a request are: in the request itself, in a JWT that the client has signed
 * (RFC 9101), or here, where the client has pushed them before (RFC 9126). Whatever is wrong with
 * the two is told to the person in front of the browser: until they are read, nobody knows an
 * address that is the client's. Thread-safe.
 */
final class RequestSources {

    private static final String REQUEST = "request";
    private static final String REQUEST_URI = "request_uri";
    private static final String CLIENT_ID = "client_id";
    private static final String SESSION_TOKEN = "sessionToken";

    /** OpenID Connect API, {@code request_uri}. */
    private static final String URN = "urn:okta:";

    private static final int LONGEST_URI = 200;

    /** What may be said both ways: the JWT counts (OpenID Connect API, {@code request}). */
    private static final Set<String> OVERRIDDEN =
            Set.of("state", "nonce", "code_challenge", "code_challenge_method");

    private final Database database;
    private final ClientRegistry registry;
    private final RequestObjects objects;
    private final PushedRequestStore pushed = new PushedRequestStore();
    private final OAuthErrors errors;

    RequestSources(
            Database database,
            ClientRegistry registry,
            RequestObjects objects,
            OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.objects = objects;
        this.errors = errors;
    }

    /** The name under which a request was pushed. */
    static String uri(String reference) {
        return URN + reference;
    }

    /**
     * The parameters of a request that came by a browser.
     *
     * @throws OAuthException where there are none
     */
    Parameters ofBrowser(Issuer issuer, Parameters said, Instant now) {
        boolean isObject = said.text(REQUEST).isPresent();
        Optional<String> uri = said.text(REQUEST_URI);
        if (isObject && uri.isPresent()) {
            throw errors.of("authorize_request_object_and_request_uri_provided");
        }
        if (uri.isPresent()) {
            return ofUri(issuer, said, uri.get(), now);
        }
        return isObject ? ofObject(issuer, client(issuer, said), said, now) : said;
    }

    private OAuthClient client(Issuer issuer, Parameters said) {
        if (said.isAmbiguous(CLIENT_ID) || said.isAmbiguous(REQUEST)) {
            throw errors.of("duplicate_oauth_params");
        }
        return said.text(CLIENT_ID)
                .flatMap(
                        id ->
                                database.read(
                                        issuer.org().number(), reader -> registry.find(reader, id)))
                .filter(OAuthClient::active)
                .orElseThrow(() -> errors.of("invalid_client_id"));
    }

    /** Used up by the first who comes with it as the right client at the right server. */
    private Parameters ofUri(Issuer issuer, Parameters said, String uri, Instant now) {
        if (said.isAmbiguous()) {
            throw errors.of("duplicate_oauth_params");
        }
        if (!uri.startsWith(URN) || uri.length() > LONGEST_URI) {
            throw errors.of("invalid_request_uri");
        }
        String reference = uri.substring(URN.length());
        Pushed found =
                database.write(
                        issuer.org().number(),
                        tx -> {
                            Pushed waiting =
                                    pushed.lock(tx, reference, now)
                                            .orElseThrow(() -> errors.of("invalid_request_uri"));
                            if (!waiting.server().equals(issuer.id())) {
                                throw errors.of(
                                        "authorize_request_uri_mismatched_authorization_server");
                            }
                            if (!waiting.parameters()
                                    .text(CLIENT_ID)
                                    .equals(said.text(CLIENT_ID))) {
                                throw errors.of("authorize_request_uri_mismatched_client");
                            }
                            pushed.delete(tx, reference);
                            return waiting;
                        });
        return said.text(SESSION_TOKEN)
                .map(token -> found.parameters().with(SESSION_TOKEN, token))
                .orElse(found.parameters());
    }

    /**
     * What a client has signed, with what it has not.
     *
     * @throws OAuthException {@code invalid_request_object}
     */
    Parameters ofObject(Issuer issuer, OAuthClient client, Parameters said, Instant now) {
        JWTClaimsSet claims =
                objects.read(
                        issuer.org(), client, said.text(REQUEST).orElse(""), issuer.name(), now);
        Parameters all = said.without(REQUEST);
        for (Map.Entry<String, Object> claim : claims.getClaims().entrySet()) {
            String name = claim.getKey();
            if (Parameters.isKnown(name)) {
                String value = text(claim.getValue());
                Optional<String> other = all.text(name).filter(text -> !text.equals(value));
                if (other.isPresent() && !OVERRIDDEN.contains(name)) {
                    throw errors.of("duplicate_oauth_params");
                }
                all = all.with(name, value);
            }
        }
        return all;
    }

    /** Texts and numbers; nothing that is known is anything else. */
    private String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Number number -> number.toString();
            default -> throw errors.of("request_object_invalid");
        };
    }
}
