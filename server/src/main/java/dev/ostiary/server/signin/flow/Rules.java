package dev.ostiary.server.signin.flow;

import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.signin.sessions.SessionLimits;

/**
 * What an org's policies say of one sign-in.
 *
 * @param admitted whether the user may come in at all, from there and now
 * @param password what holds of the user's password
 * @param warnDays how many days before a password expires its owner is told; 0 for none
 * @param showLockout whether somebody who is locked out is told so, though that tells that there is
 *     such a user
 * @param selfReset whether users replace passwords that they forgot
 * @param selfUnlock whether users open accounts that are locked
 * @param factor whether a further factor has to be verified
 * @param session how long a session lasts
 */
public record Rules(
        boolean admitted,
        PasswordPolicy password,
        int warnDays,
        boolean showLockout,
        boolean selfReset,
        boolean selfUnlock,
        boolean factor,
        SessionLimits session) {

    /** What holds where no policy says otherwise. */
    public static Rules usual(PasswordPolicy password) {
        return new Rules(true, password, 0, false, true, true, false, SessionLimits.USUAL);
    }
}
