package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Passwords.Proof;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A client comes with the user's own password (RFC 6749, 4.3), which it should not know: so only
 * where it is registered for it. Whoever has to prove more gets a token to go on with, where the
 * client has a grant for that (guide "Configure Direct authentication grants", MFA), and nothing
 * where it has not. Thread-safe.
 */
final class PasswordGrant implements Grant {

    static final String TYPE = "password";

    private static final int LONGEST = 1024;

    private static final List<String> AMR = List.of("pwd");

    private final Database database;
    private final ClientRegistry registry;
    private final Subjects subjects;
    private final Passwords passwords;
    private final DirectGrants direct;
    private final FurtherFactor further;
    private final OAuthErrors errors;

    PasswordGrant(
            Database database,
            ClientRegistry registry,
            Subjects subjects,
            Passwords passwords,
            DirectGrants direct,
            FurtherFactor further,
            OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.subjects = subjects;
        this.passwords = passwords;
        this.direct = direct;
        this.further = further;
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String userName = request.form().required("username", errors);
        String password = request.form().required("password", errors);
        List<String> scopes = new UserScopes("consent_required_ropf", errors).of(request);
        if (userName.length() > LONGEST || password.length() > LONGEST) {
            throw errors.of("invalid_password_credentials");
        }
        return switch (passwords.check(request.request(), userName, password)) {
            case Proof.Proven proven -> proven(request, proven, scopes);
            case Proof.FactorNeeded known -> {
                subject(request, known.userId(), known.when());
                throw FurtherFactor.canGoOn(request)
                        ? further.ask(request, known.userId(), AMR, scopes)
                        : errors.of("password_auth_denied_mfa");
            }
            case Proof.MoreNeeded more -> throw errors.of("password_auth_denied_mfa");
            case Proof.Expired expired -> throw errors.of("expired_password_credentials");
            case Proof.Denied denied -> throw errors.of("password_auth_denied_policy");
            case Proof.Refused none -> throw errors.of("invalid_password_credentials");
        };
    }

    private Entitlement proven(TokenRequest request, Proof.Proven proven, List<String> scopes) {
        Subject subject = subject(request, proven.userId(), proven.when());
        return switch (direct.entry(request, subject)) {
            case OPEN -> DirectGrants.entitlement(subject, scopes, (tx, given) -> Optional.empty());
            case MORE ->
                    throw FurtherFactor.canGoOn(request)
                            ? further.ask(request, subject.id(), AMR, scopes)
                            : errors.of("password_auth_denied_policy");
            case CLOSED -> throw errors.of("password_auth_denied_policy");
        };
    }

    private Subject subject(TokenRequest request, String userId, Instant when) {
        return database.read(
                request.org().number(),
                reader -> {
                    if (!registry.isAssigned(reader, request.org(), request.client(), userId)) {
                        throw errors.of("user_not_assigned");
                    }
                    return subjects.find(reader, registry, request.recipient(), userId, when, AMR)
                            .orElseThrow(() -> errors.of("invalid_password_credentials"));
                });
    }
}
