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

    private static final String ZONE =
            "{\"type\":\"IP\",\"name\":\"Bodies\",\"gateways\":[{\"type\":\"CIDR\",\"value\":\"203.0.113.0/24\"}]}";
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
                    Map.entry("upsertApiToken", "{\"name\":\"renamed\"}"),
                    Map.entry(
                            "createOstiaryApiToken",
                            "{\"user\":\"me@example.com\",\"name\":\"one\"}"),
                    Map.entry("replaceOstiaryOrgSettings", "{\"strict\":false}"),
                    Map.entry("createNetworkZone", ZONE),
                    Map.entry("replaceNetworkZone", ZONE),
                    Map.entry("createOstiaryZone", ZONE.replace("Bodies", "More bodies")),
                    Map.entry("blockOstiaryAddress", "{\"address\":\"198.51.100.1\"}"),
                    Map.entry("unblockOstiaryAddress", "{\"address\":\"198.51.100.1\"}"),
                    Map.entry(
                            "createCustomDomain",
                            "{\"domain\":\"login.bodies.example\",\"certificateSourceType\":\"MANUAL\"}"),
                    Map.entry(
                            "upsertCertificate",
                            "{\"type\":\"PEM\",\"privateKey\":\"k\",\"certificate\":\"c\",\"certificateChain\":\"\"}"),
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
