package dev.ostiary.server.oauth.authorize;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Policies;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.Subject;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.Lifetimes;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.assurance.Proven;
import dev.ostiary.server.policy.engine.Situation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether a user who is there may let a client have something. Thread-safe. */
public final class Admission {

    private final Database database;
    private final ClientRegistry registry;
    private final AppSignOn signOn;
    private final OAuthErrors errors;

    /** Users of the clients of this registry. */
    public Admission(
            Database database, ClientRegistry registry, AppSignOn signOn, OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.signOn = signOn;
        this.errors = errors;
    }

    /**
     * A user has to be assigned to a client.
     *
     * @throws OAuthException {@code access_denied}
     */
    public void requireAssigned(Recipient to, Subject user) {
        boolean assigned =
                database.read(
                        to.org().number(),
                        reader -> registry.isAssigned(reader, to.org(), to.client(), user.id()));
        if (!assigned) {
            throw errors.of("user_not_assigned");
        }
    }

    /**
     * Who is there, and how that one has proven itself.
     *
     * @param proven what by, and when
     * @param since whatever was proven after this was for this very request
     * @param active when the user was last seen at work
     * @param device what names the user's device; empty for nothing
     */
    public record Present(
            Subject user, Proven proven, Instant since, Instant active, Optional<String> device) {}

    /** What the app's access policy says of how the user has proven itself. */
    public AppSignOn.Verdict judge(Recipient to, Present present) {
        return signOn.judge(
                to.org(),
                new AppSignOn.Comer(
                        to.client().app(),
                        AuthorizeEvents.actor(present.user()),
                        present.proven(),
                        present.since(),
                        Optional.of(present.active()),
                        present.device(),
                        to.now()));
    }

    /** The app as policies know it. */
    public static Situation.App app(Recipient to) {
        return new Situation.App(to.client().appId(), "oidc_client");
    }

    /**
     * How long tokens live that a user lets a client have.
     *
     * @throws OAuthException {@code access_denied} where no access policy lets them through
     */
    public Lifetimes lifetimes(Recipient to, String grantType, List<String> scopes, Subject user) {
        return switch (to.issuer()) {
            case Issuer.OfOrg own -> Lifetimes.OF_ORG;
            case Issuer.Custom custom ->
                    Policies.decide(
                            custom.server(),
                            to.client().id(),
                            grantType,
                            scopes,
                            Optional.of(user),
                            errors);
        };
    }
}
