package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body that each operation which needs one accepts: whoever binds an operation with a body adds a
 * line here.
 */
final class Bodies {

    private static final String PROFILE =
            "{\"profile\":{\"firstName\":\"A\",\"lastName\":\"B\",\"email\":\"bodies@example.com\",\"login\":\"bodies@example.com\"}}";
    private static final String GROUP = "{\"profile\":{\"name\":\"Bodies\"}}";

    private static final String SHARE =
            "{\"principalId\":\"00T00000000000000000\",\"principalType\":\"SSWS_TOKEN\",\"defaultPercentage\":60}";
    private static final String ORIGIN =
            "{\"name\":\"Bodies\",\"origin\":\"https://bodies.example\",\"scopes\":[{\"type\":\"CORS\"}]}";

    private static final Map<String, String> BY_OPERATION =
            Map.ofEntries(
                    Map.entry("createUser", PROFILE),
                    Map.entry("updateUser", "{\"profile\":{\"nickName\":\"Bo\"}}"),
                    Map.entry("replaceUser", PROFILE),
                    Map.entry(
                            "changePassword",
                            "{\"oldPassword\":{\"value\":\""
                                    + Directory.PASSWORD
                                    + "\"},\"newPassword\":{\"value\":\"N3xt-one-please\"}}"),
                    Map.entry(
                            "changeRecoveryQuestion",
                            "{\"password\":{\"value\":\""
                                    + Directory.PASSWORD
                                    + "\"},\"recovery_question\":{\"question\":\"Which sea?\",\"answer\":\"Baltic\"}}"),
                    Map.entry(
                            "forgotPasswordSetNewPassword",
                            "{\"password\":{\"value\":\"N3xt-one-please\"},\"recovery_question\":{\"answer\":\"Baltic\"}}"),
                    Map.entry("addGroup", GROUP),
                    Map.entry("replaceGroup", GROUP),
                    Map.entry("createPrincipalRateLimitEntity", SHARE),
                    Map.entry("replacePrincipalRateLimitEntity", SHARE),
                    Map.entry(
                            "replaceRateLimitSettingsAdminNotifications",
                            "{\"notificationsEnabled\":true}"),
                    Map.entry(
                            "replaceRateLimitSettingsWarningThreshold",
                            "{\"warningThreshold\":80}"),
                    Map.entry("replaceRateLimitSettingsPerClient", "{\"defaultMode\":\"ENFORCE\"}"),
                    Map.entry("replaceOstiaryOrgRateLimits", "{\"profile\":\"unlimited\"}"),
                    Map.entry("upsertApiToken", "{\"name\":\"renamed\"}"),
                    Map.entry(
                            "createOstiaryApiToken",
                            "{\"user\":\"me@example.com\",\"name\":\"one\"}"),
                    Map.entry("createTrustedOrigin", ORIGIN),
                    Map.entry("replaceTrustedOrigin", ORIGIN),
                    Map.entry("createOstiaryTrustedOrigin", ORIGIN),
                    Map.entry("createOstiaryOrg", "{\"name\":\"bodies\",\"port\":0}"));

    private Bodies() {}

    /** A body that the operation accepts, or null where it needs none. */
    static @Nullable String of(Operation operation) {
        return BY_OPERATION.get(operation.id());
    }
}
