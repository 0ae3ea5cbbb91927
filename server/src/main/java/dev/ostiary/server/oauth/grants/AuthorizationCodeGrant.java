package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.AuthorizationCode;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.issued.AuthorizationCodeStore;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.Optional;

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

    AuthorizationCodeGrant(
            Database database, ClientRegistry registry, Subjects subjects, OAuthErrors errors) {
        this.database = database;
        this.delegations = new Delegations(database, registry, subjects, errors);
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
                database.read(
                                request.org().number(),
                                reader -> codes.find(reader, text, request.now()))
                        .filter(found -> isFor(found.authorization(), request))
                        .orElseThrow(this::invalid);
        if (!code.redirectUri().equals(redirectUri)) {
            throw errors.of("mismatched_redirect_uri");
        }
        CodeVerifier.require(code.challenge(), request.form().text("code_verifier"), errors);
        if (code.given().isPresent()) {
            database.write(request.org().number(), tx -> end(tx, text, request));
            throw invalid();
        }
        return delegations.entitlement(
                request,
                code.authorization(),
                code.nonce(),
                this::invalid,
                (tx, given) -> redeem(tx, text, given, request));
    }

    private static boolean isFor(Authorization granted, TokenRequest request) {
        return granted.clientId().equals(request.client().id())
                && granted.server().equals(request.issuer().id());
    }

    private Optional<OAuthException> redeem(Tx tx, String text, Given given, TokenRequest request) {
        if (codes.redeem(tx, text, given, request.now())) {
            return Optional.empty();
        }
        end(tx, text, request);
        return Optional.of(invalid());
    }

    /** Reads what was given once more: whoever was faster has told by now. */
    private Optional<Given> end(Tx tx, String text, TokenRequest request) {
        Optional<Given> given =
                codes.find(tx, text, request.now()).flatMap(AuthorizationCode::given);
        given.ifPresent(each -> issued.end(tx, each));
        return given;
    }

    private OAuthException invalid() {
        return errors.of("invalid_authorization_code");
    }
}
