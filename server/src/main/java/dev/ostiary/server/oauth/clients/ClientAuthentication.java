package dev.ostiary.server.oauth.clients;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Authenticates clients. A client proves itself by the method that it is registered with and by no
 * other: a secret that leaks from a place where it should not be used is good for nothing there.
 * Thread-safe.
 */
public final class ClientAuthentication {

    private static final String BASIC = "client_secret_basic";
    private static final String POST = "client_secret_post";
    private static final String SECRET_JWT = "client_secret_jwt";
    private static final String PRIVATE_KEY_JWT = "private_key_jwt";

    private final Database database;
    private final ClientRegistry registry;
    private final Assertions assertions;
    private final FailedProofs failed;
    private final OAuthErrors errors;

    /** Clients of this registry. */
    public ClientAuthentication(
            Database database,
            ClientRegistry registry,
            Assertions assertions,
            FailedProofs failed,
            OAuthErrors errors) {
        this.failed = failed;
        this.database = database;
        this.registry = registry;
        this.assertions = assertions;
        this.errors = errors;
    }

    /**
     * A client and what it proved itself by.
     *
     * @param replayGuard what has to be remembered, so that an assertion is used once; none where
     *     there is nothing to
     */
    public record Authenticated(OAuthClient client, Optional<UsedOnce> replayGuard) {}

    /**
     * The client that a request comes from.
     *
     * @param authorization the header, if there is one
     * @param form looks up a parameter of the body
     * @param audiences what an assertion may be meant for: the endpoint, and the server's issuer
     * @throws OAuthException {@code invalid_client} or {@code invalid_request}
     */
    public Authenticated authenticate(
            Org org,
            Optional<String> authorization,
            Function<String, Optional<String>> form,
            List<String> audiences,
            Instant now) {
        ClientCredentials shown = ClientCredentials.read(authorization, form, errors);
        return switch (shown) {
            case ClientCredentials.Named named -> named(org, named);
            case ClientCredentials.Secret secret -> secret(org, secret);
            case ClientCredentials.Assertion assertion -> assertion(org, assertion, audiences, now);
        };
    }

    private Authenticated named(Org org, ClientCredentials.Named named) {
        OAuthClient client = active(org, named.clientId()).client();
        if (!client.isPublic()) {
            throw errors.of("missing_client_credentials");
        }
        return new Authenticated(client, Optional.empty());
    }

    private Authenticated secret(Org org, ClientCredentials.Secret secret) {
        KnownClient known = active(org, secret.clientId());
        requireMethod(known.client(), List.of(secret.inHeader() ? BASIC : POST));
        if (!known.isProvenBy(secret.secret())) {
            failed.count(org, known.client());
            throw errors.of("invalid_client_secret");
        }
        return new Authenticated(known.client(), Optional.empty());
    }

    /** What an assertion is judged by. */
    private record Asserting(OAuthClient client, List<String> secrets) {}

    /** Keys may have to be fetched: no connection is held meanwhile. */
    private Authenticated assertion(
            Org org, ClientCredentials.Assertion shown, List<String> audiences, Instant now) {
        Assertions.Unverified assertion = assertions.parse(shown.jwt());
        if (shown.clientId().filter(id -> !id.equals(assertion.issuer())).isPresent()) {
            throw errors.of("client_assertion_invalid_issuer");
        }
        Asserting asserting =
                database.read(org.number(), reader -> asserting(reader, assertion.issuer()));
        try {
            return new Authenticated(
                    asserting.client(),
                    assertions.verify(
                            org,
                            assertion,
                            asserting.client(),
                            asserting.secrets(),
                            audiences,
                            now));
        } catch (OAuthException refused) {
            failed.count(org, asserting.client());
            throw refused;
        }
    }

    private Asserting asserting(Reader reader, String clientId) {
        OAuthClient client =
                registry.find(reader, clientId)
                        .filter(OAuthClient::active)
                        .orElseThrow(() -> errors.of("client_assertion_invalid_issuer"));
        requireMethod(client, List.of(SECRET_JWT, PRIVATE_KEY_JWT));
        return new Asserting(
                client,
                client.authMethod().equals(SECRET_JWT)
                        ? registry.secrets(reader, client)
                        : List.of());
    }

    private KnownClient active(Org org, String clientId) {
        return registry.known(org, clientId)
                .filter(known -> known.client().active())
                .orElseThrow(() -> errors.of("invalid_client_id"));
    }

    private void requireMethod(OAuthClient client, List<String> methods) {
        if (!methods.contains(client.authMethod())) {
            throw errors.of("invalid_token_endpoint_auth_method");
        }
    }
}
