package dev.ostiary.server.policy.kind;

import java.util.Arrays;
import java.util.Optional;

/**
 * The types of the published schema {@code PolicyType}.
 *
 * <p>Two families: the older ones have priorities from 1 and a default policy, whose default rule
 * comes last; those of the Identity Engine have priorities from 0 and a catch-all rule at 99 in
 * every policy (WIRE, "What an org holds before anyone touches it").
 */
public enum PolicyType {
    OKTA_SIGN_ON("OktaSignOn", Age.CLASSIC, "SIGN_ON", Policies.ORDERED, Rules.MANY),
    PASSWORD("Password", Age.CLASSIC, "PASSWORD", Policies.ORDERED, Rules.MANY),
    MFA_ENROLL("OktaMfaEnroll", Age.CLASSIC, "MFA_ENROLL", Policies.ORDERED, Rules.MANY),
    IDP_DISCOVERY("IdpDiscovery", Age.CLASSIC, "IDP_DISCOVERY", Policies.ONE, Rules.MANY),
    ACCESS_POLICY("ACCESS_POLICY", Age.ENGINE, "ACCESS_POLICY", Policies.UNORDERED, Rules.MANY),
    PROFILE_ENROLLMENT(
            "PROFILE_ENROLLMENT",
            Age.ENGINE,
            "PROFILE_ENROLLMENT",
            Policies.UNORDERED,
            Rules.CATCH_ALL_ONLY),
    POST_AUTH_SESSION(
            "POST_AUTH_SESSION", Age.ENGINE, "POST_AUTH_SESSION", Policies.ONE, Rules.ONE_MORE),
    ENTITY_RISK("ENTITY_RISK", Age.ENGINE, "ENTITY_RISK", Policies.ONE, Rules.MANY),
    SESSION_VIOLATION_DETECTION(
            "SESSION_VIOLATION_DETECTION",
            Age.ENGINE,
            "SESSION_VIOLATION_DETECTION",
            Policies.ONE,
            Rules.MANY),
    DEVICE_SIGNAL_COLLECTION(
            "DEVICE_SIGNAL_COLLECTION",
            Age.ENGINE,
            "DEVICE_SIGNAL_COLLECTION",
            Policies.UNORDERED,
            Rules.NO_CATCH_ALL),
    CLIENT_UPDATE("CLIENT_UPDATE", Age.ENGINE, "CLIENT_UPDATE", Policies.ONE, Rules.ONE_MORE),
    IDENTITY_CLAIM_SOURCING(
            "IDENTITY_CLAIM_SOURCING",
            Age.ENGINE,
            "IDENTITY_CLAIM_SOURCING",
            Policies.ONE,
            Rules.CATCH_ALL_ONLY);

    /** The priority of a catch-all rule. */
    public static final int LAST_PRIORITY = 99;

    private final String eventName;
    private final Age age;
    private final String ruleType;
    private final Policies policies;
    private final Rules rules;

    private enum Age {
        CLASSIC,
        ENGINE
    }

    private enum Policies {
        /** By priority, the default one last. */
        ORDERED,
        /** Each where something is mapped to it; all of priority 1. */
        UNORDERED,
        /** The one that the org is born with. */
        ONE
    }

    private enum Rules {
        MANY,
        NO_CATCH_ALL,
        /** One beside the catch-all rule, with which the org is born. */
        ONE_MORE,
        CATCH_ALL_ONLY
    }

    PolicyType(String eventName, Age age, String ruleType, Policies policies, Rules rules) {
        this.eventName = eventName;
        this.age = age;
        this.ruleType = ruleType;
        this.policies = policies;
        this.rules = rules;
    }

    /** The type of this name. */
    public static Optional<PolicyType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** The prefix of its policies' ids (WIRE, Ids). */
    public String prefix() {
        return age == Age.CLASSIC ? "00p" : "rst";
    }

    /** The prefix of its rules' ids (WIRE, Ids). */
    public String rulePrefix() {
        return age == Age.CLASSIC ? "0pr" : "rul";
    }

    /** What its rules call their type. */
    public String ruleType() {
        return ruleType;
    }

    /** How log events call it. */
    public String eventName() {
        return eventName;
    }

    /** Whether its policies have priorities of their own. */
    public boolean isOrdered() {
        return policies == Policies.ORDERED;
    }

    /** Whether more of it can be made (schema {@code CreateOrUpdatePolicy}). */
    public boolean canBeMade() {
        return policies != Policies.ONE;
    }

    /**
     * How many rules can be added to a policy of it (Policy API: 100 with the catch-all rule, and
     * the types that take none).
     */
    public int mostAddedRules() {
        return switch (rules) {
            case MANY, NO_CATCH_ALL -> LAST_PRIORITY;
            case ONE_MORE -> 1;
            case CATCH_ALL_ONLY -> 0;
        };
    }

    /** Whether the org is born with a rule of it that is not the system's. */
    public boolean isBornWithRule() {
        return rules == Rules.ONE_MORE || this == SESSION_VIOLATION_DETECTION;
    }

    /** Whether each policy of it is made with a rule that catches all. */
    public boolean hasCatchAll() {
        return age == Age.ENGINE && rules != Rules.NO_CATCH_ALL;
    }

    /** The highest priority of a rule. */
    public int firstRulePriority() {
        return age == Age.CLASSIC ? 1 : 0;
    }

    /** How many policies of it an org may have. */
    public int mostPolicies() {
        return switch (this) {
            case ACCESS_POLICY -> 5000;
            case PROFILE_ENROLLMENT, DEVICE_SIGNAL_COLLECTION -> 500;
            case OKTA_SIGN_ON, PASSWORD, MFA_ENROLL -> 1000;
            case IDP_DISCOVERY,
                    POST_AUTH_SESSION,
                    ENTITY_RISK,
                    SESSION_VIOLATION_DETECTION,
                    CLIENT_UPDATE,
                    IDENTITY_CLAIM_SOURCING ->
                    1;
        };
    }
}
