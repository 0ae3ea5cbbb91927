package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.ClientRequests.ClientRequest;
import dev.ostiary.server.oauth.issued.AccessTokenStore;
import dev.ostiary.server.oauth.issued.DeviceSecret;
import dev.ostiary.server.oauth.issued.DeviceSecretStore;
import dev.ostiary.server.oauth.issued.IssuedTokens;
import dev.ostiary.server.oauth.issued.RefreshTokenStore;
import dev.ostiary.server.oauth.issued.RefreshTokenStore.Shown;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.oauth.tokens.RevokedTokenStore;
import dev.ostiary.server.oauth.tokens.TokenReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Says whether a token is good (RFC 7662), and ends tokens (RFC 7009). A token that is of no use,
 * for whatever reason, is inactive and nothing else; ending one that is not there is a success, so
 * that nothing is learnt of it. Of refresh tokens a client learns its own only. Thread-safe.
 */
public final class TokenStatus implements Family {

    private static final Schema FORM =
            Schema.object()
                    .always("token", Schema.TEXT)
                    .maybe("token_type_hint", Schema.TEXT)
                    .maybe("client_id", Schema.TEXT)
                    .maybe("client_secret", Schema.TEXT)
                    .maybe("client_assertion_type", Schema.TEXT)
                    .maybe("client_assertion", Schema.TEXT);

    private static final Schema ANSWER =
            Schema.object("IntrospectionResponse").always("active", Schema.BOOLEAN).andOthers();

    private final Database database;
    private final Endpoints endpoints;
    private final ClientRequests clients;
    private final LiveTokens live;
    private final Subjects subjects;
    private final TokenReader tokens;
    private final TokenEvents events;
    private final RevokedTokenStore revoked = new RevokedTokenStore();
    private final DeviceSecretStore deviceSecrets = new DeviceSecretStore();
    private final RefreshTokenStore refreshTokens = new RefreshTokenStore();
    private final AccessTokenStore accessTokens = new AccessTokenStore();
    private final OAuthErrors errors;

    TokenStatus(
            Database database,
            Endpoints endpoints,
            ClientRequests clients,
            LiveTokens live,
            Subjects subjects,
            TokenReader tokens,
            TokenEvents events,
            OAuthErrors errors) {
        this.database = database;
        this.endpoints = endpoints;
        this.clients = clients;
        this.live = live;
        this.subjects = subjects;
        this.tokens = tokens;
        this.events = events;
        this.errors = errors;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("introspect", request -> introspect(request, endpoints.ofOrg(request)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER),
                Binding.of(
                                "introspectCustomAS",
                                request -> introspect(request, endpoints.custom(request)))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER),
                Binding.of("revoke", request -> revoke(request, endpoints.ofOrg(request)))
                        .takesForm()
                        .takes(FORM),
                Binding.of("revokeCustomAS", request -> revoke(request, endpoints.custom(request)))
                        .takesForm()
                        .takes(FORM));
    }

    /** A request whose client has proved itself. */
    private record Asked(Issuer issuer, OAuthClient client, String token, Instant now) {

        /** Whether it is about a token that is signed, and not one that is looked up. */
        boolean isSigned() {
            return token.indexOf('.') >= 0;
        }

        long org() {
            return issuer.org().number();
        }
    }

    private Asked asked(Request request, Issuer issuer, String endpoint) {
        ClientRequest read = clients.read(request, issuer, endpoint);
        String token =
                read.form().text("token").orElseThrow(() -> errors.of("request_missing_token"));
        return new Asked(issuer, read.to().client(), token, read.to().now());
    }

    private Reply introspect(Request request, Issuer issuer) {
        try {
            Asked asked = asked(request, issuer, "introspect");
            Optional<Introspection> told =
                    asked.isSigned() ? signed(asked) : refresh(asked).or(() -> deviceSecret(asked));
            return Reply.ok(
                    out -> {
                        out.writeStartObject();
                        out.writeBooleanProperty("active", told.isPresent());
                        told.ifPresent(token -> token.write(out));
                        out.writeEndObject();
                    });
        } catch (OAuthException refused) {
            return endpoints.refused(request, issuer, refused);
        }
    }

    private Optional<Introspection> signed(Asked asked) {
        return tokens.read(asked.issuer(), asked.token(), asked.now())
                .filter(token -> live.isAlive(asked.issuer().org(), token, asked.now()))
                .map(Introspection.Signed::new);
    }

    private Optional<Introspection> refresh(Asked asked) {
        return database.read(
                asked.org(),
                reader ->
                        refreshTokens
                                .find(reader, asked.token(), asked.now())
                                .filter(shown -> isOwn(asked, shown))
                                .filter(shown -> isGood(asked, shown))
                                .flatMap(
                                        shown ->
                                                subjects.find(
                                                                reader,
                                                                asked.issuer().org(),
                                                                shown.token()
                                                                        .authorization()
                                                                        .userId(),
                                                                shown.token()
                                                                        .authorization()
                                                                        .authTime(),
                                                                List.of())
                                                        .map(
                                                                user ->
                                                                        new Introspection.Refresh(
                                                                                shown.token(),
                                                                                user.login()))));
    }

    private Optional<Introspection> deviceSecret(Asked asked) {
        return database.read(
                asked.org(),
                reader ->
                        own(reader, asked)
                                .filter(
                                        secret ->
                                                subjects.mayAct(
                                                        reader, secret.authorization().userId()))
                                .map(Introspection.Device::new));
    }

    private Optional<DeviceSecret> own(Reader reader, Asked asked) {
        return deviceSecrets
                .find(reader, asked.token(), asked.now())
                .filter(each -> each.authorization().clientId().equals(asked.client().id()))
                .filter(each -> each.authorization().server().equals(asked.issuer().id()));
    }

    private static boolean isOwn(Asked asked, Shown shown) {
        return shown.token().authorization().clientId().equals(asked.client().id())
                && shown.token().authorization().server().equals(asked.issuer().id());
    }

    /** Whether its text would still be taken. */
    private static boolean isGood(Asked asked, Shown shown) {
        return !asked.client().rotatesRefreshTokens()
                || !shown.isSpent(
                        RefreshTokenStore.forgiven(
                                asked.client().refreshLeewaySeconds(), asked.now()));
    }

    /** A client ends its own tokens only; of others' it learns nothing. */
    private Reply revoke(Request request, Issuer issuer) {
        try {
            Asked asked = asked(request, issuer, "revoke");
            if (asked.isSigned()) {
                tokens.read(issuer, asked.token(), asked.now())
                        .filter(token -> token.isCurrent(asked.now()))
                        .filter(
                                token ->
                                        token.text("cid")
                                                .filter(asked.client().id()::equals)
                                                .isPresent())
                        .ifPresent(token -> endSigned(asked, token));
            } else {
                endRefresh(asked);
                endDeviceSecret(asked);
            }
            return Reply.empty(200);
        } catch (OAuthException refused) {
            return endpoints.refused(request, issuer, refused);
        }
    }

    private void endSigned(Asked asked, TokenReader.Read token) {
        database.write(
                asked.org(),
                tx -> {
                    if (end(tx, asked, token)) {
                        events.revoked(
                                tx, asked.issuer(), asked.client(), token.jti(), "access_token");
                    }
                    return token;
                });
    }

    /** Of those that came with a refresh token this one alone ends. */
    private boolean end(Tx tx, Asked asked, TokenReader.Read token) {
        boolean remembered =
                token.text("uid").isPresent() && IssuedTokens.refreshTokenOf(token.jti()).isEmpty();
        return remembered
                ? accessTokens.delete(tx, token.jti())
                : revoked.revoke(tx, token.jti(), token.expires(), asked.now());
    }

    /** With it end all tokens that apps have got by it. */
    private void endDeviceSecret(Asked asked) {
        database.write(
                asked.org(),
                tx -> {
                    Optional<DeviceSecret> secret = own(tx, asked);
                    secret.filter(each -> deviceSecrets.end(tx, each.sid()))
                            .ifPresent(
                                    each ->
                                            events.revoked(
                                                    tx,
                                                    asked.issuer(),
                                                    asked.client(),
                                                    each.sid(),
                                                    "device_secret"));
                    return secret;
                });
    }

    private void endRefresh(Asked asked) {
        database.write(
                asked.org(),
                tx -> {
                    Optional<Shown> shown =
                            refreshTokens
                                    .find(tx, asked.token(), asked.now())
                                    .filter(each -> isOwn(asked, each));
                    shown.filter(each -> refreshTokens.delete(tx, each.token().id()))
                            .ifPresent(
                                    each ->
                                            events.revoked(
                                                    tx,
                                                    asked.issuer(),
                                                    asked.client(),
                                                    each.token().id(),
                                                    "refresh_token"));
                    return shown;
                });
    }
}
