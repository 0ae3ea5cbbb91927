package dev.ostiary.server.policy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A place in a policy or a rule that names something by its id.
 *
 * @param kind what is named
 * @param fields the way there; arrays on it are walked through
 */
record Named(Kind kind, List<String> fields) {

    /** What can be named. */
    enum Kind {
        APP,
        AUTHENTICATOR,
        BEHAVIOUR,
        DEVICE_ASSURANCE,
        GROUP,
        HOOK,
        IDENTITY_PROVIDER,
        UI_SCHEMA,
        USER,
        USER_TYPE,
        ZONE
    }

    /** What conditions name. */
    static final List<Named> BY_CONDITIONS =
            List.of(
                    of(Kind.GROUP, "people.groups.include"),
                    of(Kind.GROUP, "people.groups.exclude"),
                    of(Kind.USER, "people.users.include"),
                    of(Kind.USER, "people.users.exclude"),
                    of(Kind.ZONE, "network.include"),
                    of(Kind.ZONE, "network.exclude"),
                    of(Kind.BEHAVIOUR, "risk.behaviors"),
                    of(Kind.DEVICE_ASSURANCE, "device.assurance.include"),
                    of(Kind.IDENTITY_PROVIDER, "identityProvider.idpIds"),
                    of(Kind.USER_TYPE, "userType.include"),
                    of(Kind.USER_TYPE, "userType.exclude"),
                    of(Kind.APP, "app.include.id"),
                    of(Kind.APP, "app.exclude.id"));

    /** What policies set. */
    static final List<Named> BY_SETTINGS = List.of(of(Kind.AUTHENTICATOR, "authenticators.id"));

    /** What rules do. */
    static final List<Named> BY_ACTIONS =
            Stream.concat(
                            Stream.of(
                                    of(Kind.IDENTITY_PROVIDER, "idp.providers.id"),
                                    of(Kind.GROUP, "profileEnrollment.targetGroupIds"),
                                    of(Kind.UI_SCHEMA, "profileEnrollment.uiSchemaId"),
                                    of(
                                            Kind.HOOK,
                                            "profileEnrollment.preRegistrationInlineHooks"
                                                    + ".inlineHookId")),
                            authenticators())
                    .toList();

    private static Stream<Named> authenticators() {
        String method = "appSignOn.verificationMethod.";
        return Stream.of(
                        "constraints.knowledge.authenticationMethods",
                        "constraints.knowledge.excludedAuthenticationMethods",
                        "constraints.possession.authenticationMethods",
                        "constraints.possession.excludedAuthenticationMethods",
                        "chains.authenticationMethods",
                        "chains.next.authenticationMethods",
                        "chains.next.next.authenticationMethods")
                .map(list -> of(Kind.AUTHENTICATOR, method + list + ".id"));
    }

    private static Named of(Kind kind, String path) {
        return new Named(kind, Arrays.asList(path.split("\\.")));
    }

    /** The ids that stand there. */
    List<String> ids(ObjectNode document) {
        return ids(document, fields).distinct().toList();
    }

    private static Stream<String> ids(JsonNode node, List<String> way) {
        if (node.isArray()) {
            return node.valueStream().flatMap(each -> ids(each, way));
        }
        if (!way.isEmpty()) {
            return ids(node.path(way.getFirst()), way.subList(1, way.size()));
        }
        return node.isString() ? Stream.of(node.stringValue()) : Stream.empty();
    }
}
