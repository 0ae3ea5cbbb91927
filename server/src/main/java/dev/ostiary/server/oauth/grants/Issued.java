package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.grants.Grant.Refresh;
import dev.ostiary.server.oauth.grants.TokenMint.Companions;
import dev.ostiary.server.oauth.grants.TokenMint.Minted;
import dev.ostiary.server.oauth.issued.Authorization;
import dev.ostiary.server.oauth.issued.AuthorizationCode.Given;
import dev.ostiary.server.oauth.issued.DeviceSecret;
import dev.ostiary.server.oauth.issued.RefreshToken;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a token request gets. Immutable; prints no token.
 *
 * @param scopes of the access token
 * @param access the access token, or the identity assertion in its place
 * @param identity the ID token, where the client has asked who the user is
 * @param refresh the refresh token, if there is one
 * @param secret the secret of the device, if there is a new one
 * @param granted what stands behind access and refresh token; none for a client that acts for
 *     itself
 * @param bound whether the access token is bound to a key
 */
record Issued(
        List<String> scopes,
        Minted access,
        Optional<Minted> identity,
        Optional<Refreshing> refresh,
        Optional<Sharing> secret,
        Optional<Authorization> granted,
        boolean bound,
        Instant now) {

    private static final String OPENID = "openid";
    private static final String DEVICE_SSO = "device_sso";

    /**
     * A refresh token as the client gets it.
     *
     * @param begun the token, where it is new
     */
    record Refreshing(String id, String text, Optional<RefreshToken> begun) {

        /** Says nothing of the text. */
        @Override
        public String toString() {
            return "Refreshing[" + id + "]";
        }
    }

    /** The secret of a device as the client gets it. */
    record Sharing(DeviceSecret begun, String text) {

        /** Says nothing of the text. */
        @Override
        public String toString() {
            return "Sharing[" + begun.sid() + "]";
        }
    }

    /** Makes what a grant entitles to. */
    static Issued make(
            TokenMint mint,
            Issuance issuance,
            TokenRequest asked,
            Entitlement entitlement,
            Lifetimes lifetimes,
            Optional<String> thumbprint) {
        return entitlement
                .audience()
                .map(audience -> assertion(mint, asked, entitlement, audience))
                .orElseGet(() -> tokens(mint, issuance, asked, entitlement, lifetimes, thumbprint));
    }

    private static Issued assertion(
            TokenMint mint, TokenRequest asked, Entitlement entitlement, String audience) {
        return new Issued(
                entitlement.scopes(),
                mint.assertion(
                        asked.recipient(),
                        entitlement.subject().orElseThrow(),
                        entitlement.scopes(),
                        audience),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                asked.now());
    }

    private static Issued tokens(
            TokenMint mint,
            Issuance issuance,
            TokenRequest asked,
            Entitlement entitlement,
            Lifetimes lifetimes,
            Optional<String> thumbprint) {
        boolean shares =
                entitlement.refresh() instanceof Refresh.Begin
                        && entitlement.scopes().contains(DEVICE_SSO);
        Optional<Subject> subject =
                entitlement
                        .subject()
                        .map(user -> shares ? user.telling(Optional.of(issuance.nextSid())) : user);
        Optional<Authorization> granted =
                subject.map(user -> granted(asked, user, entitlement.scopes(), lifetimes));
        Optional<Refreshing> refresh =
                refreshing(issuance, asked, entitlement.refresh(), granted, thumbprint);
        Minted access =
                mint.accessToken(
                        asked.recipient(),
                        subject,
                        entitlement.scopes(),
                        lifetimes,
                        root(entitlement.refresh(), refresh),
                        thumbprint);
        Optional<Minted> identity =
                subject.filter(user -> entitlement.scopes().contains(OPENID))
                        .map(
                                user ->
                                        mint.idToken(
                                                asked.recipient(),
                                                user,
                                                entitlement.scopes(),
                                                new Companions(
                                                        Optional.of(access.text()),
                                                        Optional.empty(),
                                                        entitlement.nonce())));
        return new Issued(
                entitlement.scopes(),
                access,
                identity,
                refresh,
                granted.filter(each -> shares).map(each -> sharing(issuance, each, asked.now())),
                granted,
                thumbprint.isPresent(),
                asked.now());
    }

    private static Sharing sharing(Issuance issuance, Authorization granted, Instant now) {
        return new Sharing(
                DeviceSecret.begin(granted.sid().orElseThrow(), granted, now), issuance.nextText());
    }

    /** With which refresh token the access token ends. */
    private static Optional<String> root(Refresh asked, Optional<Refreshing> refresh) {
        return asked instanceof Refresh.Under under
                ? Optional.of(under.id())
                : refresh.map(Refreshing::id);
    }

    private static Authorization granted(
            TokenRequest asked, Subject user, List<String> scopes, Lifetimes lifetimes) {
        return new Authorization(
                asked.client().id(),
                asked.issuer().id(),
                user.id(),
                scopes,
                user.authenticated(),
                user.amr(),
                user.acr(),
                lifetimes,
                user.sid(),
                user.session());
    }

    private static Optional<Refreshing> refreshing(
            Issuance issuance,
            TokenRequest asked,
            Refresh refresh,
            Optional<Authorization> granted,
            Optional<String> thumbprint) {
        return switch (refresh) {
            case Refresh.None none -> Optional.empty();
            case Refresh.Under under -> Optional.empty();
            case Refresh.GoOn on ->
                    Optional.of(new Refreshing(on.id(), on.text(), Optional.empty()));
            case Refresh.Begin begin ->
                    granted.map(
                            each -> {
                                RefreshToken token =
                                        RefreshToken.begin(
                                                issuance.nextId(asked.org(), asked.now()),
                                                each,
                                                thumbprint.filter(key -> asked.client().isPublic()),
                                                asked.now());
                                return new Refreshing(
                                        token.id(), issuance.nextText(), Optional.of(token));
                            });
        };
    }

    /** What a code is redeemed for. */
    Given given() {
        return new Given(refresh.map(Refreshing::id), access.jti());
    }

    /** Keeps it. */
    void keep(Tx tx, Issuance issuance) {
        refresh.ifPresent(
                each ->
                        each.begun()
                                .ifPresent(token -> issuance.keep(tx, token, each.text(), now)));
        secret.ifPresent(each -> issuance.keep(tx, each.begun(), each.text(), now));
        if (refresh.isEmpty()) {
            granted.ifPresent(each -> issuance.keep(tx, access, each, now));
        }
    }

    /**
     * RFC 6749, 5.1.
     *
     * @param type what is said of the access token, if anything is
     */
    Reply reply(Optional<String> type) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("token_type", tokenType());
                    out.writeNumberProperty("expires_in", access.life().toSeconds());
                    out.writeStringProperty("access_token", access.text());
                    out.writeStringProperty("scope", String.join(" ", scopes));
                    refresh.ifPresent(
                            each -> out.writeStringProperty("refresh_token", each.text()));
                    identity.ifPresent(each -> out.writeStringProperty("id_token", each.text()));
                    secret.ifPresent(each -> out.writeStringProperty("device_secret", each.text()));
                    type.ifPresent(each -> out.writeStringProperty("issued_token_type", each));
                    out.writeEndObject();
                });
    }

    /** RFC 8693, 2.2.1: what opens nothing by itself is of none. */
    private String tokenType() {
        return isAssertion() ? "N_A" : bound ? "DPoP" : "Bearer";
    }

    /** Whether it is an identity assertion, and no token. */
    boolean isAssertion() {
        return access.type().equals(TokenMint.ID_JAG);
    }

    /** Says nothing of tokens. */
    @Override
    public String toString() {
        return "Issued[" + access.jti() + "]";
    }
}
