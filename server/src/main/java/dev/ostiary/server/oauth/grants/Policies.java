package dev.ostiary.server.oauth.grants;

import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.oauth.servers.AccessDecision;
import dev.ostiary.server.oauth.servers.AuthorizationServer;
import dev.ostiary.server.oauth.servers.Lifetimes;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the access policies of a server say, in the words of OAuth. */
public final class Policies {

    private Policies() {}

    /**
     * How long tokens live that a server's policies let through.
     *
     * @param grantType by which they are asked for
     * @param subject the user; none for a client that acts for itself
     * @throws OAuthException {@code access_denied} where no policy does
     */
    public static Lifetimes decide(
            AuthorizationServer server,
            String clientId,
            String grantType,
            List<String> scopes,
            Optional<Subject> subject,
            OAuthErrors errors) {
        AccessDecision decision =
                AccessDecision.of(
                        server,
                        new AccessDecision.Asked(
                                clientId, grantType, scopes, subject.map(Policies::person)));
        return switch (decision) {
            case AccessDecision.Allowed allowed -> allowed.lifetimes();
            case AccessDecision.NoMatch none -> throw errors.of("no_matching_policy");
            case AccessDecision.Denied denied ->
                    throw denied.scopes().size() == scopes.size()
                            ? errors.of("no_scope_allowed")
                            : errors.of("scope_denied", String.join(", ", denied.scopes()));
        };
    }

    private static AccessDecision.Person person(Subject user) {
        return new AccessDecision.Person(
                user.id(),
                user.groups().stream()
                        .map(Subject.GroupName::id)
                        .collect(Collectors.toUnmodifiableSet()));
    }
}
