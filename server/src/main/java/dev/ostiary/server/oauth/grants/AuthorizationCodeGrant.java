package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.BatchedLookup;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.StoreException;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.AuthorizationCode;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.issued.AuthorizationCodeStore;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client comes with the code that the browser brought it (RFC 6749, 4.1.3). A code is good once,
 * for the client and the redirect URI that it was made for, at the server that made it, with the
 * verifier of its challenge. Whoever comes with all of that a second time ends what the first one
 * got: one of the two is a thief, and nobody knows which (RFC 6749, 4.1.2). Thread-safe.
 */
final class AuthorizationCodeGrant implements Grant {

    static final String TYPE = "authorization_code";

    private final Database database;
    private final Delegations delegations;
    private final OAuthErrors errors;
    private final AuthorizationCodeStore codes = new AuthorizationCodeStore();
    private final IssuedTokens issued = new IssuedTokens();
    private final BatchedLookup<String, AuthorizationCode> lookup = new BatchedLookup<>(this::load);

    AuthorizationCodeGrant(Database database, Presences presences, OAuthErrors errors) {
        this.database = database;
        this.delegations = new Delegations(presences, errors);
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String text = request.form().required("code", errors);
        String redirectUri = request.form().required("redirect_uri", errors);
        AuthorizationCode code =
                lookup.get(request.org().number(), text)
                        .filter(found -> found.expires().isAfter(request.now()))
                        .filter(found -> isFor(found.authorization(), request))
                        .orElseThrow(this::invalid);
        if (!code.redirectUri().equals(redirectUri)) {
            throw errors.of("mismatched_redirect_uri");
        }
        CodeVerifier.require(code.challenge(), request.form().text("code_verifier"), errors);
        if (code.given().isPresent()) {
            end(text, request);
            throw invalid();
        }
        return delegations.entitlement(
                request,
                code.authorization(),
                code.nonce(),
                this::invalid,
                new Redemption(text, request));
    }

    private static boolean isFor(Authorization granted, TokenRequest request) {
        return granted.clientId().equals(request.client().id())
                && granted.server().equals(request.issuer().id());
    }

    /** Of any number who redeem a code at once one does; each of the others ends what that got. */
    private final class Redemption implements Commit {

        private final String text;
        private final TokenRequest request;

        Redemption(String text, TokenRequest request) {
            this.text = text;
            this.request = request;
        }

        @Override
        public Optional<OAuthException> write(Tx tx, Given given) {
            codes.redeem(tx, text, given, request.now());
            return Optional.empty();
        }

        @Override
        public Optional<OAuthException> refused(StoreException refusal) {
            if (!AuthorizationCodeStore.isLost(refusal)) {
                return Optional.empty();
            }
            end(text, request);
            return Optional.of(invalid());
        }
    }

    /** Reads what was given once more: whoever was faster has told by now. */
    private void end(String text, TokenRequest request) {
        database.write(
                request.org().number(),
                tx -> {
                    Optional<Given> given =
                            Optional.ofNullable(codes.find(tx, Set.of(text)).get(text))
                                    .flatMap(AuthorizationCode::given);
                    given.ifPresent(each -> issued.end(tx, each));
                    return given;
                });
    }

    private Map<String, AuthorizationCode> load(long org, Set<String> texts) {
        return database.lookUp(org, reader -> codes.find(reader, texts));
    }

    private OAuthException invalid() {
        return errors.of("invalid_authorization_code");
    }
}
