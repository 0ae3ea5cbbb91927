package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.directory.users.Account;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.policy.SignOnDecision;
import dev.ostiary.server.signin.sessions.SessionLimits;

/**
 * The rules of a sign-in as the org's policies have them: the one of the type OKTA_SIGN_ON says who
 * comes in, whether a further factor is asked for and how long the session lasts; the one of the
 * type PASSWORD what holds of the password. In an org that has touched neither, everything is
 * usual, and no query is made. Thread-safe.
 */
public record PolicyRules(Accounts accounts, PolicyDecisions policies) implements SignInRules {

    @Override
    public Rules of(Request request, Account account) {
        Org org = request.org();
        PasswordPolicy password = accounts.policy(org, account);
        Rules usual = Rules.usual(password);
        if (policies.isUsual(org)) {
            return usual;
        }
        SignOnDecision signOn = policies.signOnNow(org, account.user().id());
        return new Rules(
                signOn.allowed(),
                password,
                password.expireWarnDays(),
                usual.showLockout(),
                usual.selfReset(),
                usual.selfUnlock(),
                signOn.factor().isPresent(),
                new SessionLimits(signOn.session().idle(), signOn.session().lifetime()));
    }
}
