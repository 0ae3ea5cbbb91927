package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.tokens.Issuer;
import java.util.Optional;

/** What the log says of a claim that keeps tokens from being issued. Pure. */
public final class ClaimEvents {

    private ClaimEvents() {}

    /** The event of a refusal; nothing where no claim of a custom server was the reason. */
    public static Optional<Event> of(
            EventCatalogue catalogue, Recipient to, OAuthException refused) {
        return switch (to.issuer()) {
            case Issuer.OfOrg own -> Optional.empty();
            case Issuer.Custom custom ->
                    refused.code().equals(CustomClaims.NOT_EVALUATED)
                            ? Optional.of(
                                    catalogue
                                            .event("app.oauth2.as.evaluate.claim")
                                            .severity(Severity.WARN)
                                            .outcome(Outcome.failure(refused.description()))
                                            .actor(to.client().actor())
                                            .target(custom.target()))
                            : Optional.empty();
        };
    }
}
