package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.grants.TokenMint.Minted;
import dev.ostiary.server.oauth.issued.RefreshToken;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of tokens: each one that a client got, or that it asked and got none. The actor
 * is the client. Thread-safe.
 */
final class TokenEvents {

    /** What happens, as it is called at the org's own server and at custom ones. */
    private enum What {
        REQUEST("app.oauth2.token.grant", "app.oauth2.as.token.grant"),
        ACCESS_TOKEN(
                "app.oauth2.token.grant.access_token", "app.oauth2.as.token.grant.access_token"),
        ID_JAG("app.oauth2.token.grant.id_jag", "app.oauth2.token.grant.id_jag"),
        ID_TOKEN("app.oauth2.token.grant.id_token", "app.oauth2.as.token.grant.id_token"),
        REFRESH_TOKEN(
                "app.oauth2.token.grant.refresh_token", "app.oauth2.as.token.grant.refresh_token"),
        DEVICE_SECRET(
                "app.oauth2.as.token.grant.device_secret",
                "app.oauth2.as.token.grant.device_secret"),
        REUSE("app.oauth2.token.detect_reuse", "app.oauth2.as.token.detect_reuse"),
        REVOCATION("app.oauth2.token.revoke", "app.oauth2.as.token.revoke");

        private final String ofOrg;
        private final String ofServer;

        What(String ofOrg, String ofServer) {
            this.ofOrg = ofOrg;
            this.ofServer = ofServer;
        }
    }

    private final EventCatalogue catalogue;

    TokenEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Tokens were issued: each has its event, the request has none (its type knows failures). */
    void granted(
            Tx tx, TokenRequest asked, String grantType, Entitlement entitlement, Issued issued) {
        Minted access = issued.access();
        tx.emit(
                about(
                                event(
                                        asked.issuer(),
                                        issued.isAssertion() ? What.ID_JAG : What.ACCESS_TOKEN),
                                asked,
                                grantType)
                        .target(
                                target(
                                        access,
                                        issued.isAssertion() ? "ID-JAG" : "Access Token",
                                        details(asked, entitlement, access))));
        issued.identity()
                .ifPresent(
                        each ->
                                tx.emit(
                                        about(
                                                        event(asked.issuer(), What.ID_TOKEN),
                                                        asked,
                                                        grantType)
                                                .target(
                                                        target(
                                                                each,
                                                                "ID Token",
                                                                details(
                                                                        asked,
                                                                        entitlement,
                                                                        each)))));
        issued.refresh().ifPresent(each -> refreshToken(tx, asked, grantType, entitlement, each));
        issued.secret()
                .ifPresent(
                        each ->
                                tx.emit(
                                        about(
                                                        event(asked.issuer(), What.DEVICE_SECRET),
                                                        asked,
                                                        grantType)
                                                .target(
                                                        new Target(
                                                                each.begun().sid(),
                                                                "device_secret",
                                                                null,
                                                                "Device Secret"))));
    }

    private static Target target(Minted token, String name, Map<String, @Nullable Object> details) {
        return new Target(token.jti(), token.type(), null, name, details);
    }

    private static Map<String, @Nullable Object> details(
            TokenRequest asked, Entitlement entitlement, Minted token) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("scope", String.join(" ", entitlement.scopes()));
        details.put("expires", token.expires());
        details.put("subject", entitlement.subject().map(Subject::id).orElse(asked.client().id()));
        return details;
    }

    private void refreshToken(
            Tx tx,
            TokenRequest asked,
            String grantType,
            Entitlement entitlement,
            Issued.Refreshing refresh) {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("scope", String.join(" ", entitlement.scopes()));
        details.put("subject", entitlement.subject().map(Subject::id).orElse(""));
        tx.emit(
                about(event(asked.issuer(), What.REFRESH_TOKEN), asked, grantType)
                        .target(
                                new Target(
                                        refresh.id(),
                                        "refresh_token",
                                        null,
                                        "Refresh Token",
                                        details)));
    }

    /** None were, to a client that had proved itself. */
    void refused(Tx tx, TokenRequest asked, OAuthException refused) {
        ClaimEvents.of(catalogue, asked.recipient(), refused).ifPresent(tx::emit);
        tx.emit(
                about(
                                event(asked.issuer(), What.REQUEST),
                                asked,
                                asked.form().text("grant_type").map(TokenEvents::cut).orElse(""))
                        .severity(Severity.WARN)
                        .outcome(Outcome.failure(refused.code())));
    }

    /** Somebody came with a text of a refresh token that was used up, which has ended the token. */
    void reused(Tx tx, Recipient recipient, RefreshToken token) {
        tx.emit(
                event(recipient.issuer(), What.REUSE)
                        .severity(Severity.WARN)
                        .outcome(Outcome.failure("invalid_refresh_token"))
                        .actor(recipient.client().actor())
                        .target(recipient.issuer().target())
                        .target(new Target(token.id(), "refresh_token", null, "Refresh Token"))
                        .target(new Target(token.authorization().userId(), "User", null, null)));
    }

    /** A client gave a token back. */
    void revoked(Tx tx, Issuer issuer, OAuthClient client, String id, String type) {
        tx.emit(
                event(issuer, What.REVOCATION)
                        .actor(client.actor())
                        .target(new Target(id, type, null, null))
                        .target(issuer.target()));
    }

    private Event about(Event event, TokenRequest asked, String grantType) {
        return event.actor(asked.client().actor())
                .target(asked.issuer().target())
                .debug("grantType", grantType);
    }

    private Event event(Issuer issuer, What what) {
        return switch (issuer) {
            case Issuer.OfOrg own -> catalogue.event(what.ofOrg);
            case Issuer.Custom custom -> catalogue.event(what.ofServer);
        };
    }

    /** What somebody said, within bounds. */
    private static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100);
    }
}
