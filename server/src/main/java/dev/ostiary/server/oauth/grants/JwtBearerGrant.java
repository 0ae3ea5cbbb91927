package dev.ostiary.server.oauth.grants;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.SignedJWT;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.clients.UsedOnce;
import dev.ostiary.server.oauth.clients.UsedOnceStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.TokenReader;
import dev.ostiary.server.oauth.tokens.TokenReader.Read;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A client comes with an assertion of who the user is (RFC 7523, 2.1 and 3). The original takes one
 * kind from servers: identity assertion authorization grants (guide "Set up AI agent token
 * exchange", ID-JAG), which name the client, the server and the scopes that they are meant for, and
 * are signed by the org's own server or one that the asked server trusts. No client vouches for
 * users by itself: that would let whoever registers a client be anybody. Each counts once, and only
 * as what it is: no other token of the same issuer is taken for one (P22). Thread-safe.
 */
final class JwtBearerGrant implements Grant {

    static final String TYPE = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** draft-ietf-oauth-identity-assertion-authz-grant, 4. */
    static final JOSEObjectType ASSERTION = new JOSEObjectType("oauth-id-jag+jwt");

    private static final int LONGEST = 16_384;

    /** Of an assertion; longer ones are refused ({@code id_jag_lifetime_too_long}). */
    static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private static final Duration SKEW = Duration.ofSeconds(30);

    private final Database database;
    private final Endpoints endpoints;
    private final ClientRegistry registry;
    private final Subjects subjects;
    private final TokenReader tokens;
    private final UsedOnceStore usedOnce = new UsedOnceStore();
    private final OAuthErrors errors;

    JwtBearerGrant(
            Database database,
            Endpoints endpoints,
            ClientRegistry registry,
            Subjects subjects,
            TokenReader tokens,
            OAuthErrors errors) {
        this.database = database;
        this.endpoints = endpoints;
        this.registry = registry;
        this.subjects = subjects;
        this.tokens = tokens;
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String text = request.form().required("assertion", errors);
        Issuer issuer = issuer(request, said(text));
        if (request.form().text("scope").isPresent()) {
            throw errors.of("id_jag_scopes_in_request");
        }
        Read assertion =
                tokens.read(issuer, text, request.now())
                        .orElseThrow(() -> errors.of("id_jag_invalid_signature"));
        requireMeant(request, assertion);
        requireTimes(assertion, request.now());
        List<String> scopes = scopes(assertion);
        Subject subject =
                database.read(
                        request.org().number(), reader -> subject(reader, request, assertion));
        UsedOnce once =
                UsedOnce.of("idJag", issuer.id(), assertion.jti(), assertion.expires().plus(SKEW));
        return new Entitlement(
                Optional.of(subject),
                scopes,
                Optional.empty(),
                new Refresh.None(),
                Optional.empty(),
                (tx, given) ->
                        usedOnce.use(tx, once, request.now())
                                ? Optional.empty()
                                : Optional.of(errors.of("id_jag_replayed")));
    }

    /** Whoever it says has signed it; whether that is so is seen by the key. */
    private String said(String text) {
        if (text.length() > LONGEST) {
            throw errors.of("invalid_grant");
        }
        try {
            SignedJWT jwt = SignedJWT.parse(text);
            if (!ASSERTION.equals(jwt.getHeader().getType())) {
                throw errors.of("jwt_bearer_grant_invalid_issuer");
            }
            return Objects.requireNonNullElse(jwt.getJWTClaimsSet().getIssuer(), "");
        } catch (ParseException e) {
            throw errors.of("invalid_grant");
        }
    }

    private Issuer issuer(TokenRequest request, String name) {
        return trusted(request)
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> errors.of("id_jag_untrusted_issuer"));
    }

    /** The org's own server takes none: it has signed in everybody itself. */
    private Stream<Issuer> trusted(TokenRequest request) {
        return switch (request.issuer()) {
            case Issuer.OfOrg own -> Stream.empty();
            case Issuer.Custom custom ->
                    Stream.concat(
                            Stream.of(endpoints.ofOrg(request.request())),
                            custom.server().trusted().stream()
                                    .flatMap(id -> endpoints.find(request.request(), id).stream()));
        };
    }

    private void requireMeant(TokenRequest request, Read assertion) {
        if (assertion.text("client_id").filter(request.client().id()::equals).isEmpty()) {
            throw errors.of("id_jag_client_mismatch");
        }
        if (assertion.text("aud").filter(request.issuer().name()::equals).isEmpty()) {
            throw errors.of("jwt_bearer_grant_invalid_audience");
        }
    }

    private void requireTimes(Read assertion, Instant now) {
        Instant issued = Instant.ofEpochSecond(assertion.claims().path("iat").asLong(0));
        if (issued.isAfter(now.plus(SKEW))) {
            throw errors.of("id_jag_issued_in_future");
        }
        if (!assertion.isCurrent(now)) {
            throw errors.of("id_jag_expired");
        }
        if (assertion.expires().isAfter(issued.plus(LONGEST_LIFE))) {
            throw errors.of("id_jag_lifetime_too_long");
        }
    }

    private List<String> scopes(Read assertion) {
        List<String> scopes =
                Arrays.stream(assertion.text("scope").orElse("").split(" ", -1))
                        .filter(each -> !each.isEmpty())
                        .distinct()
                        .toList();
        if (scopes.isEmpty()) {
            throw errors.of("id_jag_lacking_scopes");
        }
        return scopes;
    }

    private Subject subject(Reader reader, TokenRequest request, Read assertion) {
        Subject subject =
                subjects.find(
                                reader,
                                registry,
                                request.recipient(),
                                assertion.text("sub").orElse(""),
                                Instant.ofEpochSecond(
                                        assertion.claims().path("auth_time").asLong(0)),
                                List.of())
                        .orElseThrow(this::unknownSubject);
        boolean uses =
                request.client().isService()
                        || registry.isAssigned(
                                reader, request.org(), request.client(), subject.id());
        if (!uses) {
            throw errors.of("user_not_assigned");
        }
        return subject;
    }

    private OAuthException unknownSubject() {
        return errors.of("id_jag_invalid_subject");
    }
}
