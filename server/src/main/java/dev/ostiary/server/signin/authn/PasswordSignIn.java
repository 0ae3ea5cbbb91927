package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.security.threat.Threats;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.flow.Flow;
import dev.ostiary.server.signin.flow.Options;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.SignOnLog;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.Proofs;
import java.time.Instant;
import java.util.Optional;

/**
 * Proves users by their passwords where nothing else can be asked of them: with all that counts at
 * a sign-in, lockout and policies included. Thread-safe.
 */
public final class PasswordSignIn {

    private static final String WRONG = "E0000004";

    private final Database database;
    private final PrimaryAuthentication primary;
    private final Flow flow;
    private final SignOnLog log;

    public PasswordSignIn(
            Database database,
            EventCatalogue events,
            Accounts accounts,
            Flow flow,
            Threats threats,
            UnknownDevices unknownDevices) {
        this.database = database;
        this.log = new SignOnLog(events);
        this.primary =
                new PrimaryAuthentication(
                        database, events, accounts, flow, threats, unknownDevices);
        this.flow = flow;
    }

    /** What came of it. */
    public sealed interface Result {

        /** It is the user. */
        record Proven(String userId, Instant when) implements Result {}

        /** It is, and has to verify a factor that there is. */
        record FactorNeeded(String userId, Instant when) implements Result {}

        /** It is, and has to do more than can be asked. */
        record MoreNeeded() implements Result {}

        /** It is, and the password is none any more. */
        record Expired() implements Result {}

        /** It is, and may not come in. */
        record Denied() implements Result {}

        /** Nobody knows. */
        record Refused() implements Result {}
    }

    /** Tries a password. */
    public Result check(Request request, String userName, String password) {
        try {
            return result(
                    request,
                    primary.authenticate(
                            request,
                            userName,
                            password,
                            new Beginning(
                                    Proofs.NONE,
                                    Options.NEEDED_ONLY,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Device.UNKNOWN),
                            Aim.ANYWHERE));
        } catch (ApiException wrong) {
            if (wrong.code().equals(WRONG)) {
                return new Result.Refused();
            }
            throw wrong;
        }
    }

    private Result result(Request request, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Success success ->
                    new Result.Proven(success.user().id(), flow.now(request));
            case Outcome.Waiting waiting ->
                    switch (waiting.transaction().state()) {
                        case State.PasswordExpired expired -> expired(request, waiting);
                        case State.PasswordReset expired -> expired(request, waiting);
                        case State.PasswordWarn more -> new Result.MoreNeeded();
                        case State.MfaRequired more ->
                                new Result.FactorNeeded(waiting.user().id(), flow.now(request));
                        case State.MfaChallenge more -> new Result.MoreNeeded();
                        case State.MfaEnroll more -> new Result.MoreNeeded();
                        case State.MfaEnrollActivate more -> new Result.MoreNeeded();
                        case State.Recovery more -> new Result.MoreNeeded();
                        case State.Success into -> new Result.MoreNeeded();
                    };
            case Outcome.Denied denied -> new Result.Denied();
            case Outcome.Unlocked none -> new Result.Refused();
            case Outcome.LockedOut none -> new Result.Refused();
            case Outcome.Cancelled none -> new Result.Refused();
        };
    }

    /** Nobody goes on from here, so the sign-in has failed. */
    private Result expired(Request request, Outcome.Waiting waiting) {
        return database.write(
                request.org().number(),
                tx -> {
                    tx.emit(log.failed(waiting.user(), waiting.rules(), "PASSWORD_EXPIRED"));
                    return new Result.Expired();
                });
    }
}
