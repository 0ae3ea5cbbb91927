package dev.ostiary.server.policy.assurance;

import dev.ostiary.server.policy.assurance.Method.Trait;
import dev.ostiary.server.policy.assurance.Requirement.Step;
import dev.ostiary.server.policy.assurance.Requirement.Way;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads what a rule of an access policy asks for from its {@code verificationMethod}, which is
 * known to be whole (schemas {@code AssuranceMethod}, {@code AuthenticationMethodChainMethod},
 * {@code IdProofingMethod}). Whether the user was there is what every method shows; that the device
 * has verified the user a security key shows that says so, though not how. Nobody here proofs
 * identities: such rules are never met.
 */
public final class Requirements {

    private static final String REQUIRED = "REQUIRED";

    private Requirements() {}

    /** What is asked for. */
    public static Requirement of(JsonNode method) {
        Optional<Duration> again = again(method, Optional.empty());
        return switch (method.path("type").asString("")) {
            case "ID_PROOFING" -> Requirement.phishingResistantHardware();
            case "AUTH_METHOD_CHAIN" ->
                    new Requirement(
                            method.path("chains")
                                    .valueStream()
                                    .map(chain -> chain(chain, again))
                                    .toList());
            default -> assurance(method, again);
        };
    }

    /**
     * After how long of doing nothing all of it is asked for anew (schema {@code AssuranceMethod}).
     */
    public static Optional<Duration> inactivity(JsonNode method) {
        return length(method.path("inactivityPeriod"));
    }

    private static Requirement assurance(JsonNode method, Optional<Duration> again) {
        boolean two = !method.path("factorMode").asString("").equals("1FA");
        List<Way> ways =
                method.path("constraints")
                        .valueStream()
                        .map(constraint -> way(constraint, two, again))
                        .toList();
        if (!ways.isEmpty()) {
            return new Requirement(ways);
        }
        return two ? Requirement.two(again) : Requirement.one(again);
    }

    /** What a constraint does not name is any, as far as the rule asks for it at all. */
    private static Way way(JsonNode constraint, boolean two, Optional<Duration> again) {
        JsonNode knows = constraint.path("knowledge");
        JsonNode has = constraint.path("possession");
        Step knowledge = narrowed(Requirement.knowledge(again), knows, again);
        Step possession = narrowed(Requirement.possession(again), has, again);
        if (two) {
            return new Way(List.of(knowledge, possession));
        }
        List<Step> steps = new ArrayList<>();
        if (isRequired(knows)) {
            steps.add(knowledge);
        }
        if (isRequired(has)) {
            steps.add(possession);
        }
        if (steps.isEmpty()) {
            Set<Method> any = EnumSet.noneOf(Method.class);
            any.addAll(knowledge.methods());
            any.addAll(possession.methods());
            steps.add(new Step(any, again));
        }
        return new Way(steps);
    }

    private static boolean isRequired(JsonNode factor) {
        return factor.path("required").asBoolean(!factor.isEmpty());
    }

    private static Step narrowed(Step any, JsonNode factor, Optional<Duration> again) {
        return new Step(
                Method.all(each -> any.methods().contains(each) && fits(each, factor)),
                again(factor, again));
    }

    private static boolean fits(Method method, JsonNode factor) {
        return isNamed(factor.path("types").valueStream(), method::isOfType)
                && isNamed(factor.path("methods").valueStream(), method::isCalled)
                && (factor.path("authenticationMethods").isEmpty()
                        || isOne(factor.path("authenticationMethods"), method))
                && !isOne(factor.path("excludedAuthenticationMethods"), method)
                && has(factor, method);
    }

    private static boolean isNamed(Stream<JsonNode> names, Predicate<String> fits) {
        List<String> all = names.map(name -> name.asString("")).toList();
        return all.isEmpty() || all.stream().anyMatch(fits);
    }

    private static boolean isOne(JsonNode methods, Method method) {
        return methods.valueStream()
                .anyMatch(
                        each ->
                                method.isOf(
                                        each.path("key").asString(""),
                                        each.path("method").asString("")));
    }

    private static boolean has(JsonNode asked, Method method) {
        return (!asks(asked, "deviceBound") || method.is(Trait.BOUND))
                && (!asks(asked, "hardwareProtection") || method.is(Trait.HARDWARE))
                && (!asks(asked, "phishingResistant") || method.is(Trait.PHISHING_RESISTANT))
                && (!asks(asked, "userVerification")
                        || (method.is(Trait.VERIFYING) && isAnyWay(asked)));
    }

    /** Whether it makes no difference how the device verifies its user. */
    private static boolean isAnyWay(JsonNode asked) {
        long ways =
                asked.path("userVerificationMethods")
                        .valueStream()
                        .map(each -> each.asString(""))
                        .distinct()
                        .count();
        return ways != 1;
    }

    private static boolean asks(JsonNode asked, String what) {
        return asked.path(what).asString("").equals(REQUIRED);
    }

    private static Way chain(JsonNode chain, Optional<Duration> again) {
        List<Step> steps = new ArrayList<>();
        JsonNode step = chain;
        while (!step.isMissingNode()) {
            JsonNode methods = step.path("authenticationMethods");
            steps.add(
                    new Step(
                            Method.all(
                                    method ->
                                            methods.valueStream()
                                                    .anyMatch(each -> isShownBy(each, method))),
                            again(step, again)));
            step = step.path("next").path(0);
        }
        return new Way(steps);
    }

    private static boolean isShownBy(JsonNode asked, Method method) {
        return method.isOf(asked.path("key").asString(""), asked.path("method").asString(""))
                && has(asked, method);
    }

    /** A length of time of its own goes before that of the whole. */
    private static Optional<Duration> again(JsonNode of, Optional<Duration> otherwise) {
        return length(of.path("reauthenticateIn")).or(() -> otherwise);
    }

    private static Optional<Duration> length(JsonNode text) {
        return Optional.of(text.asString("")).filter(each -> !each.isEmpty()).map(Duration::parse);
    }
}
