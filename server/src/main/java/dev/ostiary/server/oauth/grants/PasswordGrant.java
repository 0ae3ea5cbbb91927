package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Passwords.Proof;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.tokens.Issuer;
import dev.ostiary.server.policy.AppSignOn;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client comes with the user's own password (RFC 6749, 4.3), which it should not know: so only
 * where it is registered for it. Nobody can be asked for anything else, so whoever has to prove
 * more gets nothing. Thread-safe.
 */
final class PasswordGrant implements Grant {

    static final String TYPE = "password";

    private static final int LONGEST = 1024;

    private static final Set<String> OF_ORG =
            Set.of("openid", "profile", "email", "address", "phone", "offline_access", "groups");

    private static final String DEVICE_SSO = "device_sso";

    private final Database database;
    private final ClientRegistry registry;
    private final Subjects subjects;
    private final Passwords passwords;
    private final AppSignOn signOn;
    private final OAuthErrors errors;

    PasswordGrant(
            Database database,
            ClientRegistry registry,
            Subjects subjects,
            Passwords passwords,
            AppSignOn signOn,
            OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.subjects = subjects;
        this.passwords = passwords;
        this.signOn = signOn;
        this.errors = errors;
    }

    /** Who is counted, in one spelling (P34). */
    static Optional<String> userName(Request request) {
        try {
            Query form = Query.parse(new String(request.body(), StandardCharsets.UTF_8));
            return form.text("grant_type").filter(TYPE::equals).isPresent()
                    ? form.text("username")
                            .filter(name -> name.length() <= LONGEST)
                            .map(Accounts::spelling)
                    : Optional.empty();
        } catch (ApiException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String userName = request.form().required("username", errors);
        String password = request.form().required("password", errors);
        List<String> asked = scopes(request);
        if (userName.length() > LONGEST || password.length() > LONGEST) {
            throw errors.of("invalid_password_credentials");
        }
        Proof.Proven proven =
                switch (passwords.check(request.request(), userName, password)) {
                    case Proof.Proven good -> good;
                    case Proof.MoreNeeded more -> throw errors.of("password_auth_denied_mfa");
                    case Proof.Expired expired -> throw errors.of("expired_password_credentials");
                    case Proof.Denied denied -> throw errors.of("password_auth_denied_policy");
                    case Proof.Refused none -> throw errors.of("invalid_password_credentials");
                };
        Subject subject =
                database.read(
                        request.org().number(),
                        reader -> {
                            if (!registry.isAssigned(
                                    reader, request.org(), request.client(), proven.userId())) {
                                throw errors.of("user_not_assigned");
                            }
                            return subjects.find(
                                            reader,
                                            registry,
                                            request.recipient(),
                                            proven.userId(),
                                            proven.when(),
                                            List.of("pwd"))
                                    .orElseThrow(() -> errors.of("invalid_password_credentials"));
                        });
        requireAdmitted(request, subject);
        boolean refreshes = request.client().grantTypes().contains(RefreshTokenGrant.TYPE);
        List<String> scopes =
                asked.stream().filter(each -> refreshes || !each.equals("offline_access")).toList();
        return new Entitlement(
                Optional.of(subject),
                scopes,
                Optional.empty(),
                scopes.contains("offline_access") ? new Refresh.Begin() : new Refresh.None(),
                Optional.empty(),
                (tx, given) -> Optional.empty());
    }

    /** By the app's access policy: there is nobody who could be asked for more. */
    private void requireAdmitted(TokenRequest request, Subject user) {
        AppSignOn.Verdict verdict =
                signOn.judge(
                        request.org(),
                        new AppSignOn.Comer(
                                new Target(
                                        request.client().appId(),
                                        "AppInstance",
                                        request.client().label(),
                                        request.client().label()),
                                new Actor(user.id(), "User", user.login(), user.displayName()),
                                user.authenticated(),
                                user.amr(),
                                true,
                                request.now()));
        Optional<Event> event =
                switch (verdict) {
                    case AppSignOn.Verdict.Admitted admitted -> admitted.event();
                    case AppSignOn.Verdict.Challenged challenged -> Optional.of(challenged.event());
                    case AppSignOn.Verdict.Denied denied -> Optional.of(denied.event());
                };
        event.ifPresent(
                each ->
                        database.write(
                                request.org().number(),
                                tx -> {
                                    tx.emit(each);
                                    return each;
                                }));
        if (!(verdict instanceof AppSignOn.Verdict.Admitted)) {
            throw errors.of("password_auth_denied_policy");
        }
    }

    private List<String> scopes(TokenRequest request) {
        List<String> asked = request.form().scopes(errors);
        List<String> scopes =
                switch (request.issuer()) {
                    case Issuer.OfOrg own -> asked;
                    case Issuer.Custom custom ->
                            asked.isEmpty() ? custom.server().defaultScopes() : asked;
                };
        if (scopes.isEmpty()) {
            throw errors.of("missing_scopes");
        }
        if (request.issuer() instanceof Issuer.OfOrg && !OF_ORG.containsAll(scopes)) {
            throw errors.of("invalid_scope");
        }
        if (scopes.contains(DEVICE_SSO)) {
            throw errors.of("illegal_scope", DEVICE_SSO);
        }
        requireNoConsent(request, scopes);
        return scopes;
    }

    /** There is nobody to ask. */
    private void requireNoConsent(TokenRequest request, List<String> scopes) {
        if (request.client().consentRequired()
                && request.issuer() instanceof Issuer.Custom custom) {
            List<String> needed = custom.server().needingConsent(scopes);
            if (!needed.isEmpty()) {
                throw errors.of("consent_required_ropf", String.join(", ", needed));
            }
        }
    }
}
