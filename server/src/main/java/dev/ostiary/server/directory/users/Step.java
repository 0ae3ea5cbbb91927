package dev.ostiary.server.directory.users;

import static dev.ostiary.server.directory.users.UserStatus.ACTIVE;
import static dev.ostiary.server.directory.users.UserStatus.DEPROVISIONED;
import static dev.ostiary.server.directory.users.UserStatus.LOCKED_OUT;
import static dev.ostiary.server.directory.users.UserStatus.PASSWORD_EXPIRED;
import static dev.ostiary.server.directory.users.UserStatus.PROVISIONED;
import static dev.ostiary.server.directory.users.UserStatus.RECOVERY;
import static dev.ostiary.server.directory.users.UserStatus.STAGED;
import static dev.ostiary.server.directory.users.UserStatus.SUSPENDED;

import dev.ostiary.platform.problem.ApiException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What can be done to an account, as one table: the path of the action, the relation under which it
 * is linked, the event that it writes, the statuses that allow it, what else the user needs for it,
 * where it leads and how it is refused (Users, "Lifecycle Operations" and "Credential Operations").
 * Pure rules; links are read off it (P31).
 *
 * <p>SUSPEND in PROVISIONED is not documented, but its link was seen there (WIRE, "What the server
 * adds on create"), and what is published works. It leads back to where the user came from.
 * Likewise FORGOT_PASSWORD is documented for ACTIVE, but its link for PASSWORD_EXPIRED too ("Expire
 * the password").
 */
@SuppressWarnings("ImmutableEnumChecker") // nobody changes the sets; the functions are pure
public enum Step {
    ACTIVATE(
            "lifecycle/activate",
            "activate",
            "user.lifecycle.activate",
            EnumSet.of(STAGED, DEPROVISIONED),
            user -> true,
            Step::signedInOrInvited,
            Step::alreadyActive),
    REACTIVATE(
            "lifecycle/reactivate",
            "reactivate",
            "user.lifecycle.reactivate",
            EnumSet.of(PROVISIONED, RECOVERY),
            user -> true,
            User::status,
            Step::wrongStatus),
    SUSPEND(
            "lifecycle/suspend",
            "suspend",
            "user.lifecycle.suspend",
            EnumSet.of(ACTIVE, PROVISIONED),
            user -> true,
            user -> SUSPENDED,
            user ->
                    ApiException.validation(
                            "suspendUser", "Cannot suspend a user that is not active")),
    UNSUSPEND(
            "lifecycle/unsuspend",
            "unsuspend",
            "user.lifecycle.unsuspend",
            EnumSet.of(SUSPENDED),
            user -> true,
            Step::signedInOrInvited,
            user ->
                    ApiException.validation(
                            "unsuspendUser", "Cannot unsuspend a user that is not suspended")),
    UNLOCK(
            "lifecycle/unlock",
            "unlock",
            "user.account.unlock_by_admin",
            EnumSet.of(LOCKED_OUT),
            user -> true,
            user -> ACTIVE,
            user -> ApiException.of("E0000032").because("The user is not locked out.")),
    RESET_PASSWORD(
            "lifecycle/reset_password",
            "resetPassword",
            "user.account.reset_password",
            EnumSet.of(ACTIVE, PROVISIONED, RECOVERY, PASSWORD_EXPIRED, LOCKED_OUT),
            user -> !user.provider().isDirectory(),
            user -> RECOVERY,
            Step::notReset),
    EXPIRE_PASSWORD(
            "lifecycle/expire_password",
            "expirePassword",
            "user.account.expire_password",
            EnumSet.of(ACTIVE, PASSWORD_EXPIRED, LOCKED_OUT, RECOVERY),
            User::hasPassword,
            user -> PASSWORD_EXPIRED,
            Step::wrongStatus),
    FORGOT_PASSWORD(
            "credentials/forgot_password",
            "forgotPassword",
            "user.account.reset_password",
            EnumSet.of(ACTIVE, PASSWORD_EXPIRED),
            User::hasPassword,
            User::status,
            user -> ApiException.of("E0000034")),
    CHANGE_PASSWORD(
            "credentials/change_password",
            "changePassword",
            "user.account.update_password",
            EnumSet.of(STAGED, ACTIVE, PASSWORD_EXPIRED, RECOVERY),
            User::hasPassword,
            user -> user.status() == STAGED ? STAGED : ACTIVE,
            user -> ApiException.of("E0000035")),
    CHANGE_RECOVERY_QUESTION(
            "credentials/change_recovery_question",
            "changeRecoveryQuestion",
            "user.account.update_profile",
            EnumSet.of(STAGED, ACTIVE, PASSWORD_EXPIRED, RECOVERY),
            User::hasPassword,
            User::status,
            user -> ApiException.of("E0000036")),
    DEACTIVATE(
            "lifecycle/deactivate",
            "deactivate",
            "user.lifecycle.deactivate",
            EnumSet.complementOf(EnumSet.of(DEPROVISIONED)),
            user -> true,
            user -> DEPROVISIONED,
            Step::wrongStatus);

    private final String path;
    private final String relation;
    private final String event;
    private final Set<UserStatus> from;
    private final Predicate<User> needs;
    private final Function<User, UserStatus> to;
    private final Function<User, ApiException> refusal;

    Step(
            String path,
            String relation,
            String event,
            Set<UserStatus> from,
            Predicate<User> needs,
            Function<User, UserStatus> to,
            Function<User, ApiException> refusal) {
        this.path = path;
        this.relation = relation;
        this.event = event;
        this.from = from;
        this.needs = needs;
        this.to = to;
        this.refusal = refusal;
    }

    /** The path of the action below the user's own. */
    public String path() {
        return path;
    }

    /** The link relation. */
    public String relation() {
        return relation;
    }

    /** The type of the event that the action writes. */
    public String event() {
        return event;
    }

    /** Whether the user's state allows the action; only then is it linked. */
    public boolean allows(User user) {
        return from.contains(user.status()) && needs.test(user);
    }

    /**
     * The status that the action leads to.
     *
     * @throws ApiException the documented refusal, if the user's state does not allow it
     */
    public UserStatus next(User user) {
        if (!allows(user)) {
            throw refusal.apply(user);
        }
        return to.apply(user);
    }

    /**
     * For what works on every account that is in use.
     *
     * @throws ApiException {@code E0000038} for one that is not
     */
    static void requireActivated(User user) {
        if (user.status() == STAGED || user.status() == DEPROVISIONED) {
            throw wrongStatus(user);
        }
    }

    /** Who has nothing to sign in with is invited to choose a password. */
    private static UserStatus signedInOrInvited(User user) {
        return user.hasCredential() ? ACTIVE : PROVISIONED;
    }

    private static ApiException alreadyActive(User user) {
        return user.status() == SUSPENDED ? wrongStatus(user) : ApiException.of("E0000016");
    }

    /** What a directory holds is reset there, by an agent, which there is none of. */
    private static ApiException notReset(User user) {
        return user.provider().isDirectory() ? ApiException.of("E0000017") : wrongStatus(user);
    }

    private static ApiException wrongStatus(User user) {
        return ApiException.of("E0000038");
    }
}
