package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.RefreshToken;
import dev.ostiary.server.oauth.issued.RefreshTokenStore;
import dev.ostiary.server.oauth.issued.RefreshTokenStore.Shown;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A client comes with a refresh token (RFC 6749, 6).
 *
 * <p>Where the client's tokens rotate, each text is good once, and a while longer for those whose
 * answer was lost (guide "Refresh access tokens and rotate refresh tokens", grace period). Whoever
 * comes with one after that ends the token with all its texts and all access tokens that came with
 * it: the thief's and the robbed one's (RFC 9700, 4.14.2).
 *
 * <p>Nobody is there to be asked for a proof, so an app's access policy counts only where it
 * denies: a user whom it would not let in now gets no tokens, as long as that is so. Thread-safe.
 */
final class RefreshTokenGrant implements Grant {

    static final String TYPE = "refresh_token";

    private final Database database;
    private final ClientRegistry registry;
    private final Subjects subjects;
    private final AppEntry entry;
    private final Issuance issuance;
    private final TokenEvents events;
    private final OAuthErrors errors;
    private final RefreshTokenStore store = new RefreshTokenStore();

    RefreshTokenGrant(
            Database database,
            ClientRegistry registry,
            Subjects subjects,
            AppEntry entry,
            Issuance issuance,
            TokenEvents events,
            OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.subjects = subjects;
        this.entry = entry;
        this.issuance = issuance;
        this.events = events;
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String text = request.form().required("refresh_token", errors);
        Shown shown =
                database.read(
                                request.org().number(),
                                reader -> store.find(reader, text, request.now()))
                        .filter(found -> isFor(found.token().authorization(), request))
                        .orElseThrow(this::invalid);
        if (request.client().rotatesRefreshTokens() && shown.isSpent(forgiven(request))) {
            database.write(
                    request.org().number(),
                    tx -> {
                        reused(tx, shown.token(), request);
                        return shown;
                    });
            throw invalid();
        }
        RefreshToken token = shown.token();
        if (token.boundTo().isPresent() && !token.boundTo().equals(request.thumbprint())) {
            throw errors.of("invalid_dpop_proof_invalid_public_key_binding");
        }
        List<String> scopes = scopes(token.authorization().scopes(), request);
        Subject subject =
                database.read(
                        request.org().number(),
                        reader -> subject(reader, request, token.authorization()));
        if (entry.isClosed(request, subject)) {
            throw errors.of("no_matching_policy");
        }
        String next = request.client().rotatesRefreshTokens() ? issuance.nextText() : text;
        return new Entitlement(
                Optional.of(subject),
                scopes,
                Optional.of(token.authorization().lifetimes()),
                new Refresh.GoOn(token.id(), next),
                Optional.empty(),
                (tx, given) -> goOn(tx, token, text, next, request));
    }

    private static boolean isFor(Authorization granted, TokenRequest request) {
        return granted.clientId().equals(request.client().id())
                && granted.server().equals(request.issuer().id());
    }

    private static Optional<Instant> forgiven(TokenRequest request) {
        return RefreshTokenStore.forgiven(request.client().refreshLeewaySeconds(), request.now());
    }

    /** Those that are asked for, of those that were granted; all of them where none is. */
    private List<String> scopes(List<String> granted, TokenRequest request) {
        List<String> asked = request.form().scopes(errors);
        List<String> denied = asked.stream().filter(each -> !granted.contains(each)).toList();
        if (!denied.isEmpty()) {
            throw errors.of("refresh_scopes_denied", "[" + String.join(", ", denied) + "]");
        }
        return asked.isEmpty() ? granted : asked;
    }

    private Subject subject(Reader reader, TokenRequest request, Authorization granted) {
        Subject subject =
                subjects.find(
                                reader,
                                registry,
                                request.recipient(),
                                granted.userId(),
                                granted.authTime(),
                                granted.amr())
                        .map(user -> user.assured(granted.acr()))
                        .orElseThrow(this::invalid)
                        .telling(granted.sid())
                        .during(granted.session());
        if (!registry.isAssigned(reader, request.org(), request.client(), subject.id())) {
            throw errors.of("user_not_assigned");
        }
        return subject;
    }

    private Optional<OAuthException> goOn(
            Tx tx, RefreshToken token, String text, String next, TokenRequest request) {
        if (!store.touch(tx, token.usedAt(request.now()))) {
            return Optional.of(invalid());
        }
        if (request.client().rotatesRefreshTokens()) {
            if (!store.use(tx, text, request.now(), forgiven(request))) {
                reused(tx, token, request);
                return Optional.of(invalid());
            }
            store.addText(tx, token.id(), next);
        }
        return Optional.empty();
    }

    private void reused(Tx tx, RefreshToken token, TokenRequest request) {
        if (store.delete(tx, token.id())) {
            events.reused(tx, request.recipient(), token);
        }
    }

    private OAuthException invalid() {
        return errors.of("invalid_refresh_token");
    }
}
