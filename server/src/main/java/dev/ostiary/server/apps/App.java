package dev.ostiary.server.apps;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An application of an org. Immutable.
 *
 * @param id {@code 0oa…}
 * @param name of its definition; of an app of the org's own, unique in the org
 * @param custom whether it is one of the org's own
 * @param label what people call it
 * @param kid the key that signs for it; null where nothing is signed
 * @param clientId its name as an OAuth client; null where it is none
 * @param body what a client may set, as the wire has it: {@code accessibility}, {@code visibility},
 *     {@code features}, {@code credentials}, {@code settings} and so on; no secret
 * @param accessPolicy the policy that says how people sign in; null for the one that all have
 * @param enrollmentPolicy the same of how people enrol
 * @param logo the path of its picture; null for the one that all have
 */
public record App(
        String id,
        String name,
        boolean custom,
        String label,
        Status status,
        SignOnMode mode,
        @Nullable String kid,
        @Nullable String clientId,
        String body,
        @Nullable String accessPolicy,
        @Nullable String enrollmentPolicy,
        @Nullable String logo,
        Instant created,
        Instant lastUpdated) {

    /** The wire's name of the type, in errors and events (WIRE, "Errors"). */
    public static final String TYPE = "AppInstance";

    private static final String ID = "0oa";
    private static final String EXTERNAL = "exk";

    /** As the wire has it. */
    public enum Status {
        ACTIVE,
        INACTIVE
    }

    /** The body as a tree, which is the caller's own. */
    public ObjectNode document() {
        return Json.object(body);
    }

    /** The key by which services know it, and its addresses for them have it. */
    public String externalKey() {
        return EXTERNAL + id.substring(ID.length());
    }

    /** The id of the app of an external key; nothing for what is none. */
    public static Optional<String> idOf(String externalKey) {
        return externalKey.startsWith(EXTERNAL)
                ? Optional.of(ID + externalKey.substring(EXTERNAL.length()))
                : Optional.empty();
    }

    public boolean active() {
        return status == Status.ACTIVE;
    }

    /**
     * Whether users and groups come from it (tag IdentitySource): the original knows such apps by
     * the definition they were made of.
     */
    public boolean isIdentitySource() {
        return !custom && name.endsWith(Definition.IDENTITY_SOURCE);
    }

    /**
     * Whether everybody may use it, assigned or not (Federation Broker Mode): an app of the org's
     * own that people sign in to. Nobody can be assigned to it as long as it is so.
     */
    public boolean isForEveryone() {
        ObjectNode document = document();
        boolean suited =
                switch (mode) {
                    case SAML_2_0 -> custom;
                    case OPENID_CONNECT ->
                            name.equals(Definition.OIDC_CLIENT)
                                    && !document.at("/settings/oauthClient/application_type")
                                            .asString("")
                                            .equals("service");
                    case AUTO_LOGIN,
                            BASIC_AUTH,
                            BOOKMARK,
                            BROWSER_PLUGIN,
                            SAML_1_1,
                            SECURE_PASSWORD_STORE,
                            WS_FEDERATION ->
                            false;
                };
        return suited && document.at("/settings/implicitAssignment").asBoolean(false);
    }

    /** The name that the org and all others know it by ({@code orn}). */
    public String orn(Org org) {
        return "orn:okta:idp:" + org.id() + ":apps:" + name + ":" + id;
    }

    /** What the link is called by which users get into it. */
    public String linkName() {
        return Definition.linkName(name, mode, custom);
    }

    App with(Status other, Instant now) {
        return new App(
                id,
                name,
                custom,
                label,
                other,
                mode,
                kid,
                clientId,
                body,
                accessPolicy,
                enrollmentPolicy,
                logo,
                created,
                now);
    }

    /** The policy that governs it beside the one that all have. */
    public Optional<String> policy(AppPolicies.Kind of) {
        return switch (of) {
            case ACCESS -> Optional.ofNullable(accessPolicy);
            case ENROLLMENT -> Optional.ofNullable(enrollmentPolicy);
        };
    }

    /** The same under another policy. */
    App governedBy(AppPolicies.Kind of, String policyId, Instant now) {
        return new App(
                id,
                name,
                custom,
                label,
                status,
                mode,
                kid,
                clientId,
                body,
                of == AppPolicies.Kind.ACCESS ? policyId : accessPolicy,
                of == AppPolicies.Kind.ENROLLMENT ? policyId : enrollmentPolicy,
                logo,
                created,
                now);
    }

    /** The same whose part of the body is another. */
    public App with(ObjectNode document, Instant now) {
        return new App(
                id,
                name,
                custom,
                label,
                status,
                mode,
                kid,
                clientId,
                Json.text(document),
                accessPolicy,
                enrollmentPolicy,
                logo,
                created,
                now);
    }

    /** The same with another picture. */
    public App showing(String path, Instant now) {
        return new App(
                id,
                name,
                custom,
                label,
                status,
                mode,
                kid,
                clientId,
                body,
                accessPolicy,
                enrollmentPolicy,
                path,
                created,
                now);
    }

    /** How events name it. */
    public Target target() {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("signOnModeType", mode.name());
        return new Target(id, TYPE, label, displayName(), details);
    }

    private String displayName() {
        return name.equals(Definition.OIDC_CLIENT) ? "OpenID Connect Client" : label;
    }
}
