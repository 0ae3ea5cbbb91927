package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.oauth.clients.OAuthClient;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the log says of tokens: that a client asked, and each token that it got. The actor is the
 * client. Thread-safe.
 */
final class TokenEvents {

    private final EventCatalogue catalogue;

    TokenEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Tokens were issued. */
    void granted(
            Tx tx,
            TokenRequest asked,
            String grantType,
            Entitlement entitlement,
            TokenMint.Minted minted) {
        tx.emit(about(request(asked.issuer()), asked, grantType));
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("scope", String.join(" ", entitlement.scopes()));
        details.put("expires", minted.expires());
        details.put("subject", entitlement.subject().map(Subject::id).orElse(asked.client().id()));
        tx.emit(
                about(accessToken(asked.issuer()), asked, grantType)
                        .target(
                                new Target(
                                        minted.jti(),
                                        "access_token",
                                        null,
                                        "Access Token",
                                        details)));
    }

    /** None were, to a client that had proved itself. */
    void refused(Tx tx, TokenRequest asked, OAuthException refused) {
        tx.emit(
                about(
                                request(asked.issuer()),
                                asked,
                                asked.form().text("grant_type").map(TokenEvents::cut).orElse(""))
                        .severity(Severity.WARN)
                        .outcome(Outcome.failure(refused.code())));
    }

    /** A client gave a token back. */
    void revoked(Tx tx, Issuer issuer, OAuthClient client, String jti, String type) {
        tx.emit(
                revocation(issuer)
                        .actor(actor(client))
                        .target(new Target(jti, type, null, null))
                        .target(target(issuer)));
    }

    private Event about(Event event, TokenRequest asked, String grantType) {
        return event.actor(actor(asked.client()))
                .target(target(asked.issuer()))
                .debug("grantType", grantType);
    }

    private Event request(Issuer issuer) {
        return switch (issuer) {
            case Issuer.OfOrg own -> catalogue.event("app.oauth2.token.grant");
            case Issuer.Custom custom -> catalogue.event("app.oauth2.as.token.grant");
        };
    }

    private Event accessToken(Issuer issuer) {
        return switch (issuer) {
            case Issuer.OfOrg own -> catalogue.event("app.oauth2.token.grant.access_token");
            case Issuer.Custom custom -> catalogue.event("app.oauth2.as.token.grant.access_token");
        };
    }

    private Event revocation(Issuer issuer) {
        return switch (issuer) {
            case Issuer.OfOrg own -> catalogue.event("app.oauth2.token.revoke");
            case Issuer.Custom custom -> catalogue.event("app.oauth2.as.token.revoke");
        };
    }

    private static Actor actor(OAuthClient client) {
        return new Actor(client.id(), "PublicClientApp", client.id(), client.label());
    }

    private static Target target(Issuer issuer) {
        return switch (issuer) {
            case Issuer.OfOrg own ->
                    new Target(own.org().id(), "Organization", null, own.org().name());
            case Issuer.Custom custom ->
                    new Target(
                            custom.server().id(),
                            "AuthorizationServer",
                            custom.server().name(),
                            custom.server().name());
        };
    }

    private static String cut(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100);
    }
}
