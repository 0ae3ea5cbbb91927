package dev.ostiary.server.policy;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.server.policy.kind.PolicyKind;
import dev.ostiary.server.policy.kind.PolicyType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an org is born with (WIRE, "What an org holds before anyone touches it"): of each type but
 * one a policy, with a rule that applies where no other does. Nothing of it has a row: ids follow
 * from the org's own id, and a row stands in place of what somebody has changed. Thread-safe.
 */
final class Born {

    private static final String BASE_62 =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /** The last character that is neither part of the time nor of the org's tail. */
    private static final int MARK = Ids.LENGTH - 4;

    private static final int KINDS = 3;

    /** Which of the things of a type an id is of. */
    private enum Thing {
        POLICY,
        RULE,
        LAST_RULE
    }

    private Born() {}

    /** The policy of a type, if there is one. */
    static Optional<Policy> policy(PolicyType type, Org org) {
        if (type == PolicyType.DEVICE_SIGNAL_COLLECTION) {
            return Optional.empty();
        }
        Instant born = born(org);
        PolicyKind kind = PolicyKind.of(type);
        return Optional.of(
                new Policy(
                        policyId(type, org),
                        type,
                        true,
                        name(type),
                        description(type),
                        true,
                        1,
                        conditions(kind),
                        kind.settings().map(form -> kind.bornSettings().get()),
                        born,
                        born));
    }

    /** The policy of an id, if an org is born with it. */
    static Optional<Policy> policy(String id, Org org) {
        return Arrays.stream(PolicyType.values())
                .filter(type -> policyId(type, org).equals(id))
                .findFirst()
                .flatMap(type -> policy(type, org));
    }

    /** The rules of the policy that an org is born with, by priority. */
    static List<PolicyRule> rules(PolicyType type, Org org) {
        List<PolicyRule> rules = new ArrayList<>();
        if (type.isBornWithRule()) {
            rules.add(
                    rule(
                            id(type.rulePrefix(), type, Thing.RULE, org),
                            policyId(type, org),
                            type,
                            false,
                            ruleName(type),
                            born(org)));
        }
        rules.add(
                lastRule(
                        id(type.rulePrefix(), type, Thing.LAST_RULE, org),
                        policyId(type, org),
                        type,
                        born(org)));
        return rules;
    }

    /** Whether an org is born with a rule. */
    static boolean isBorn(PolicyRule rule, Org org) {
        return rule.policyId().equals(policyId(rule.type(), org))
                && rules(rule.type(), org).stream().anyMatch(it -> it.id().equals(rule.id()));
    }

    /** The rule that is last in a policy, as the system makes it. */
    static PolicyRule lastRule(String id, String policyId, PolicyType type, Instant now) {
        return rule(
                id,
                policyId,
                type,
                true,
                type.hasCatchAll() ? "Catch-all Rule" : "Default Rule",
                now);
    }

    private static PolicyRule rule(
            String id, String policyId, PolicyType type, boolean system, String name, Instant now) {
        PolicyKind kind = PolicyKind.of(type);
        Reading reading = new Reading();
        boolean asks = !(system && type.hasCatchAll());
        Optional<ObjectNode> conditions =
                asks ? kind.readRuleConditions(Json.object(), reading) : Optional.empty();
        Optional<ObjectNode> actions =
                kind.readActions(kind.standardActions().get(), conditions, reading);
        reading.finish();
        return new PolicyRule(
                id,
                policyId,
                type,
                system,
                name,
                PolicyRule.Status.ACTIVE,
                system && type.hasCatchAll() ? PolicyType.LAST_PRIORITY : type.firstRulePriority(),
                conditions,
                actions.orElseThrow(),
                now,
                now);
    }

    private static Optional<ObjectNode> conditions(PolicyKind kind) {
        Reading reading = new Reading();
        Optional<ObjectNode> conditions =
                kind.conditions()
                        .flatMap(form -> form.read(Json.object(), Reading.Path.root(""), reading))
                        .map(JsonNode::asObject);
        reading.finish();
        return conditions;
    }

    /** The id of the policy that an org is born with. */
    static String policyId(PolicyType type, Org org) {
        return id(type.prefix(), type, Thing.POLICY, org);
    }

    private static String id(String prefix, PolicyType type, Thing thing, Org org) {
        char[] id = org.id().toCharArray();
        prefix.getChars(0, prefix.length(), id, 0);
        int shift = 1 + type.ordinal() * KINDS + thing.ordinal();
        id[MARK] = BASE_62.charAt((BASE_62.indexOf(id[MARK]) + shift) % BASE_62.length());
        return new String(id);
    }

    private static Instant born(Org org) {
        return org.created().truncatedTo(ChronoUnit.MILLIS);
    }

    private static String name(PolicyType type) {
        return switch (type) {
            case OKTA_SIGN_ON, PASSWORD, MFA_ENROLL, PROFILE_ENROLLMENT -> "Default Policy";
            case IDP_DISCOVERY -> "Idp Discovery Policy";
            case ACCESS_POLICY -> "Any two factors";
            case POST_AUTH_SESSION -> "Post Auth Policy";
            case ENTITY_RISK -> "Entity Risk Policy";
            case SESSION_VIOLATION_DETECTION -> "Session Violation Detection Policy";
            case CLIENT_UPDATE -> "Client Update Policy";
            case IDENTITY_CLAIM_SOURCING -> "Default policy";
            case DEVICE_SIGNAL_COLLECTION -> "";
        };
    }

    private static Optional<String> description(PolicyType type) {
        return switch (type) {
            case OKTA_SIGN_ON, PASSWORD, MFA_ENROLL ->
                    Optional.of(
                            "The default policy applies in all situations if no other policy"
                                    + " applies.");
            case ACCESS_POLICY -> Optional.of("Require two factors to access.");
            case IDP_DISCOVERY,
                    PROFILE_ENROLLMENT,
                    POST_AUTH_SESSION,
                    ENTITY_RISK,
                    SESSION_VIOLATION_DETECTION,
                    CLIENT_UPDATE,
                    IDENTITY_CLAIM_SOURCING,
                    DEVICE_SIGNAL_COLLECTION ->
                    Optional.empty();
        };
    }

    private static String ruleName(PolicyType type) {
        return switch (type) {
            case POST_AUTH_SESSION -> "Post auth rule";
            case SESSION_VIOLATION_DETECTION -> "Session Violation Detection Rule";
            case CLIENT_UPDATE -> "Okta Verify Update Rule";
            case OKTA_SIGN_ON,
                    PASSWORD,
                    MFA_ENROLL,
                    IDP_DISCOVERY,
                    ACCESS_POLICY,
                    PROFILE_ENROLLMENT,
                    ENTITY_RISK,
                    DEVICE_SIGNAL_COLLECTION,
                    IDENTITY_CLAIM_SOURCING ->
                    "";
        };
    }
}
