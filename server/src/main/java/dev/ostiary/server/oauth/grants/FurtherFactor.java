package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.issued.DirectAuthentication;
import dev.ostiary.server.oauth.issued.DirectAuthentication.Kind;
import dev.ostiary.server.oauth.issued.DirectAuthenticationStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import dev.ostiary.server.signin.direct.DirectProofs;
import dev.ostiary.server.signin.direct.DirectProofs.Means;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What clients are told whose user has to verify a further factor ({@code mfa_required}): they get
 * a token to go on with, where one of their grants, and something that the user has, fit together.
 * Thread-safe.
 */
final class FurtherFactor {

    private static final Set<String> SECOND =
            Set.of(DirectGrants.MFA_OTP, DirectGrants.MFA_OOB, DirectGrants.MFA_KEY);
    private static final Set<String> ALL =
            Set.of(
                    PasswordGrant.TYPE,
                    DirectGrants.MFA_OTP,
                    DirectGrants.MFA_OOB,
                    DirectGrants.MFA_KEY,
                    DirectGrants.OTP,
                    DirectGrants.OOB,
                    DirectGrants.KEY);
    private static final int TOKEN = 20;

    private final Database database;
    private final DirectProofs proofs;
    private final Tokens random;
    private final OAuthErrors errors;
    private final DirectAuthenticationStore store = new DirectAuthenticationStore();

    FurtherFactor(Database database, DirectProofs proofs, Tokens random, OAuthErrors errors) {
        this.database = database;
        this.proofs = proofs;
        this.random = random;
        this.errors = errors;
    }

    /** Whether a client could go on with a further factor at all. */
    static boolean canGoOn(TokenRequest request) {
        return request.client().grantTypes().stream().anyMatch(SECOND::contains);
    }

    /**
     * That the user has to verify a further factor: the client gets a token to go on with, if one
     * of its grants can.
     *
     * @param amr by which methods the user has proven itself so far
     */
    OAuthException ask(TokenRequest request, String userId, List<String> amr, List<String> scopes) {
        Set<String> supported = supported(request);
        Means means = proofs.means(request.request(), userId);
        boolean otp = means.otp();
        boolean oob = !means.channels().isEmpty();
        if (!otp && !oob && !means.key()) {
            return errors.of("direct_auth_factor_enrollment_required");
        }
        if (!(otp && supported.contains(DirectGrants.MFA_OTP))
                && !(oob && supported.contains(DirectGrants.MFA_OOB))
                && !(means.key() && supported.contains(DirectGrants.MFA_KEY))) {
            return errors.of(
                    "direct_auth_grant_types_supported_not_prompted",
                    supported.stream().sorted().collect(Collectors.joining(" ")));
        }
        String token = random.urlSafe(TOKEN);
        DirectAuthentication begun =
                new DirectAuthentication(
                        Kind.MFA,
                        request.client().id(),
                        request.issuer().id(),
                        userId,
                        scopes,
                        amr,
                        Optional.empty(),
                        request.now().plus(DirectAuthentication.LIFE));
        database.write(
                request.org().number(),
                tx -> {
                    store.insert(tx, token, Optional.empty(), begun, request.now());
                    return begun;
                });
        return errors.of("mfa_required").with("mfa_token", token);
    }

    /** The grants for a further factor that client and request have. */
    private Set<String> supported(TokenRequest request) {
        Optional<String> said = request.form().text("grant_types_supported");
        List<String> named = said.map(text -> List.of(text.split(" ", -1))).orElse(List.of());
        named.stream()
                .filter(each -> !each.isEmpty() && !ALL.contains(each))
                .findFirst()
                .ifPresent(
                        unknown -> {
                            throw errors.of(
                                    "direct_auth_invalid_grant_type_supported",
                                    OAuthErrors.shown(unknown));
                        });
        return request.client().grantTypes().stream()
                .filter(SECOND::contains)
                .filter(each -> said.isEmpty() || named.contains(each))
                .collect(Collectors.toUnmodifiableSet());
    }
}
