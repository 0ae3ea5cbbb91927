package dev.ostiary.server.systemlog.events;

import java.util.Map;
import java.util.Optional;

/**
 * The categories of actions (Events API, "Action Categories"). The documentation names the
 * categories, and by examples and words which actions are in them; all other actions are in none.
 */
final class Categories {

    private static final Map<String, String> BY_OBJECT_TYPE =
            Map.ofEntries(
                    Map.entry("app.auth.sso", "Application Access"),
                    Map.entry("app.generic.provision.assign_user_to_app", "Application Assignment"),
                    Map.entry("core.user.config.user_creation.success", "User Creation"),
                    Map.entry("core.user.config.user_activated", "User Activation"),
                    Map.entry("core.user.config.user_deactivated", "User Deactivation"),
                    Map.entry("core.user_auth.account_locked", "User Locked Out"),
                    Map.entry("core.user_auth.login_failed", "Sign-in Failure"),
                    Map.entry("core.user_auth.login_success", "Sign-in Success"),
                    Map.entry("core.user.sms.message_sent.factor", "SMS Messages"),
                    Map.entry("core.user.sms.message_sent.verify", "SMS Messages"),
                    Map.entry("core.user.sms.message_sent.forgotpw", "SMS Messages"));

    private Categories() {}

    /** The category of an action, if it is in one. */
    static Optional<String> of(String objectType) {
        return Optional.ofNullable(BY_OBJECT_TYPE.get(objectType));
    }
}
