package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.http.Query;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.Grant.Commit;
import dev.ostiary.server.oauth.grants.Grant.Entitlement;
import dev.ostiary.server.oauth.grants.Grant.Refresh;
import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.issued.DirectAuthenticationStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.signin.direct.DirectProofs;
import dev.ostiary.server.signin.direct.DirectProofs.Proof;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What the grants of direct authentication have in common: whom a user's proofs entitle a client to
 * what, and what the client is told where they do not, or not yet. Thread-safe.
 */
final class DirectGrants {

    static final String MFA_OTP = "http://auth0.com/oauth/grant-type/mfa-otp";
    static final String MFA_OOB = "http://auth0.com/oauth/grant-type/mfa-oob";
    static final String OTP = "urn:okta:params:oauth:grant-type:otp";
    static final String OOB = "urn:okta:params:oauth:grant-type:oob";
    static final String KEY = "urn:okta:params:oauth:grant-type:webauthn";
    static final String MFA_KEY = "urn:okta:params:oauth:grant-type:mfa-webauthn";

    /** What stands in {@code amr} of who has proven two factors. */
    static final String TWO = "mfa";

    private static final int LONGEST_NAME = 1024;

    private final Database database;
    private final ClientRegistry registry;
    private final Subjects subjects;
    private final DirectProofs proofs;
    private final AppEntry entry;
    private final OAuthErrors errors;
    private final BegunSteps steps;
    private final DirectAuthenticationStore store = new DirectAuthenticationStore();

    DirectGrants(
            Database database,
            ClientRegistry registry,
            Subjects subjects,
            DirectProofs proofs,
            AppSignOn signOn,
            OAuthErrors errors) {
        this.database = database;
        this.registry = registry;
        this.subjects = subjects;
        this.proofs = proofs;
        this.entry = new AppEntry(database, signOn);
        this.errors = errors;
        this.steps = new BegunSteps(database, errors);
    }

    /** Who is counted, in one spelling (P34). */
    static Optional<String> userName(Request request) {
        try {
            Query form = Query.parse(new String(request.body(), StandardCharsets.UTF_8));
            return form.text(nameParameter(form.text("grant_type").orElse("")))
                    .filter(name -> name.length() <= LONGEST_NAME)
                    .map(Accounts::spelling);
        } catch (ApiException unreadable) {
            return Optional.empty();
        }
    }

    private static String nameParameter(String grantType) {
        return switch (grantType) {
            case PasswordGrant.TYPE -> "username";
            case OTP -> "login_hint";
            default -> "";
        };
    }

    /** Whose proofs these are. */
    DirectProofs proofs() {
        return proofs;
    }

    /** The scopes of a request. */
    List<String> scopes(TokenRequest request) {
        return new UserScopes("consent_required", errors).of(request);
    }

    /**
     * A user to whom an app is open.
     *
     * @throws OAuthException {@code access_denied} where it is not
     */
    Subject subject(TokenRequest request, String userId, Instant when, List<String> amr) {
        return database.read(
                request.org().number(),
                reader -> {
                    if (!registry.isAssigned(reader, request.org(), request.client(), userId)) {
                        throw errors.of("user_not_assigned");
                    }
                    return subjects.find(reader, registry, request.recipient(), userId, when, amr)
                            .orElseThrow(() -> errors.of("direct_auth_policy_denied"));
                });
    }

    /** What the app's policy says of a user. */
    AppEntry.Entry entry(TokenRequest request, Subject user) {
        return entry.judge(request, user, true);
    }

    /** Whether an app is open to a user who has proven itself before. */
    boolean isOpen(TokenRequest request, Subject user) {
        return entry.judge(request, user, false) == AppEntry.Entry.OPEN;
    }

    /**
     * What a client is entitled to whose user has proven all that was asked.
     *
     * @throws OAuthException {@code access_denied} where the app's policy asks for more
     */
    Entitlement entitlement(
            TokenRequest request,
            String userId,
            Instant when,
            List<String> amr,
            List<String> scopes,
            Commit commit) {
        return entitlement(
                request, subject(request, userId, when, amr), Optional.empty(), scopes, commit);
    }

    /**
     * The same.
     *
     * @param amr by which methods, this one among them
     */
    Entitlement entitlement(
            TokenRequest request,
            String userId,
            Proof.Proven proven,
            List<String> amr,
            List<String> scopes,
            Commit commit) {
        return entitlement(
                request,
                subject(request, userId, proven.when(), amr),
                Optional.of(proven.method()),
                scopes,
                commit);
    }

    private Entitlement entitlement(
            TokenRequest request,
            Subject user,
            Optional<Method> last,
            List<String> scopes,
            Commit commit) {
        if (entry.judge(request, user, true, last) != AppEntry.Entry.OPEN) {
            throw errors.of("direct_auth_policy_denied");
        }
        return entitlement(user, scopes, commit);
    }

    /** The same for one who is known to be let in. */
    static Entitlement entitlement(Subject user, List<String> scopes, Commit commit) {
        return new Entitlement(
                Optional.of(user),
                scopes,
                Optional.empty(),
                scopes.contains("offline_access") ? new Refresh.Begin() : new Refresh.None(),
                Optional.empty(),
                commit);
    }

    /** The methods of a first and of a second factor together. */
    static List<String> both(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        second.stream().filter(each -> !all.contains(each)).forEach(all::add);
        all.add(TWO);
        return all;
    }

    /**
     * What a client comes back with, which has to be its own, at the same server.
     *
     * @param name of the parameter
     */
    DirectAuthentication begun(TokenRequest request, Kind kind, String name, String text) {
        return steps.require(request.recipient(), kind, name, text);
    }

    OAuthException expired(String name) {
        return steps.expired(name);
    }

    /** The scopes of before, which a request may say again but not change. */
    List<String> sameScopes(TokenRequest request, DirectAuthentication begun) {
        if (request.form().text("scope").isPresent()) {
            List<String> said = scopes(request);
            if (!Set.copyOf(said).equals(Set.copyOf(begun.scopes()))) {
                throw errors.of(
                        "direct_auth_invalid_scope",
                        OAuthErrors.shown(String.join(" ", said)),
                        String.join(" ", begun.scopes()));
            }
        }
        return begun.scopes();
    }

    /**
     * What a client comes back with, which has to be its own, at the same server.
     *
     * @param over what it is told where that is nobody's any more
     */
    DirectAuthentication begun(
            TokenRequest request, Kind kind, String text, Supplier<OAuthException> over) {
        return steps.require(request.recipient(), kind, text, over);
    }

    /** As {@link #isStepOf(TokenRequest, String, Optional)}, of a challenge to security keys. */
    boolean isStepOf(
            TokenRequest request,
            String challenge,
            Optional<String> mfaToken,
            Supplier<OAuthException> over) {
        return database.read(
                        request.org().number(),
                        reader -> store.isStepOf(reader, Kind.WEBAUTHN, challenge, mfaToken))
                .orElseThrow(over);
    }

    /**
     * Whether an {@code oob_code} was made for an {@code mfa_token}; for none, where that is empty.
     *
     * @throws OAuthException where another request has redeemed it a moment ago
     */
    boolean isStepOf(TokenRequest request, String oobCode, Optional<String> mfaToken) {
        return database.read(
                        request.org().number(),
                        reader -> store.isStepOf(reader, Kind.OOB, oobCode, mfaToken))
                .orElseThrow(() -> expired(OobGrant.CODE));
    }

    /** Redeems what was begun, with the tokens. */
    Commit redeeming(Kind kind, String text, String name) {
        return redeeming(kind, text, () -> expired(name));
    }

    /** The same. */
    Commit redeeming(Kind kind, String text, Supplier<OAuthException> over) {
        return (tx, given) ->
                store.redeem(tx, kind, text) ? Optional.empty() : Optional.of(over.get());
    }

    /**
     * Tries what the user was asked for elsewhere.
     *
     * @param name of what the client comes back with
     * @return what is proven
     * @throws OAuthException what the client is told otherwise
     */
    Proof.Proven asked(
            TokenRequest request,
            DirectAuthentication begun,
            String text,
            DirectProofs.Alone alone) {
        DirectAuthentication.Asked asked =
                begun.asked().orElseThrow(() -> expired(nameOf(begun.kind())));
        Proof proof =
                asked.question().isPresent()
                        ? proofs.answer(
                                request.request(),
                                begun.userId(),
                                asked.factorId(),
                                asked.question().get(),
                                alone)
                        : proofs.code(
                                request.request(),
                                begun.userId(),
                                asked.factorId(),
                                request.form().required("binding_code", errors),
                                alone);
        return proven(request, proof, begun.kind(), text);
    }

    /** What was proven, or what the client is told. */
    Proof.Proven proven(TokenRequest request, Proof proof, Kind kind, String text) {
        return switch (proof) {
            case Proof.Proven proven -> proven;
            case Proof.Pending pending -> throw pending(request, kind, text);
            case Proof.Wrong wrong -> throw errors.of("direct_auth_invalid_otp");
            case Proof.Rejected no -> throw rejected(kind);
            case Proof.Gone gone -> throw expired(nameOf(kind));
            case Proof.NotEnrolled none ->
                    throw errors.of("direct_auth_factor_enrollment_required");
            case Proof.Refused refused -> throw errors.of("direct_auth_policy_denied");
            case Proof.TooOften tooOften -> throw errors.of("user_rate_limited");
        };
    }

    private OAuthException pending(TokenRequest request, Kind kind, String text) {
        boolean inTime =
                database.write(
                        request.org().number(), tx -> store.poll(tx, kind, text, request.now()));
        return kind == Kind.BACKCHANNEL
                ? errors.of(inTime ? "ciba_authorization_pending" : "ciba_slow_down")
                : errors.of(inTime ? "direct_auth_authorization_pending" : "slow_down");
    }

    private OAuthException rejected(Kind kind) {
        return kind == Kind.BACKCHANNEL
                ? errors.of("access_denied")
                : errors.of("direct_auth_oob_reject");
    }

    private static String nameOf(Kind kind) {
        return switch (kind) {
            case MFA -> "mfa_token";
            case OOB -> "oob_code";
            case BACKCHANNEL -> "auth_req_id";
            case WEBAUTHN -> "challenge";
        };
    }

    /** All of them. */
    List<Grant> grants() {
        return List.of(
                new OtpGrant(this, errors),
                new OobGrant(this, errors),
                new MfaOtpGrant(this, errors),
                new MfaOobGrant(this, errors),
                new SecurityKeyGrant(this, errors),
                new MfaSecurityKeyGrant(this, errors));
    }
}
