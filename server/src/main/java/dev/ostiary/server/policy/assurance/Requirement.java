package dev.ostiary.server.policy.assurance;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What has to be proven: by one of some ways, each of which has steps, each of which is another
 * method. Immutable.
 *
 * <p>So everything that is asked of factors is one thing: two factors are a way with two steps, the
 * constraints of a rule are ways, and so are its chains of methods (schemas {@code AssuranceMethod}
 * and {@code AuthenticationMethodChainMethod}).
 *
 * @param ways of which one has to be gone; none at all asks for nothing
 */
public record Requirement(List<Way> ways) {

    /**
     * One way.
     *
     * @param steps in the order in which they are asked for
     */
    public record Way(List<Step> steps) {
        public Way {
            steps = List.copyOf(steps);
        }
    }

    /**
     * One step.
     *
     * @param methods of which one has to be proven
     * @param again how old a proof may be; empty for as old as the session
     */
    public record Step(Set<Method> methods, Optional<Duration> again) {
        public Step {
            methods = Set.copyOf(methods);
        }

        private Step without(Predicate<Method> these) {
            Set<Method> rest = EnumSet.noneOf(Method.class);
            methods.stream().filter(these.negate()).forEach(rest::add);
            return new Step(rest, again);
        }
    }

    public Requirement {
        ways = List.copyOf(ways);
    }

    /** Any factor. */
    public static Requirement one(Optional<Duration> again) {
        return way(new Step(Method.all(each -> true), again));
    }

    /** Something that the user knows and something that the user has. */
    public static Requirement two(Optional<Duration> again) {
        return way(knowledge(again), possession(again));
    }

    /** The password. */
    public static Requirement password() {
        return way(new Step(Set.of(Method.PASSWORD), Optional.empty()));
    }

    /** Something that proves nothing to another site. */
    public static Requirement phishingResistant() {
        return way(
                new Step(
                        Method.all(each -> each.is(Method.Trait.PHISHING_RESISTANT)),
                        Optional.empty()));
    }

    /** The same from a key that its hardware keeps, which none of the methods here can show. */
    public static Requirement phishingResistantHardware() {
        return way(new Step(Set.of(), Optional.empty()));
    }

    static Step knowledge(Optional<Duration> again) {
        return new Step(Method.all(Method::isKnowledge), again);
    }

    static Step possession(Optional<Duration> again) {
        return new Step(Method.all(each -> !each.isKnowledge()), again);
    }

    private static Requirement way(Step... steps) {
        return new Requirement(List.of(new Way(List.of(steps))));
    }

    /** This one or the other. */
    public Requirement or(Requirement other) {
        return new Requirement(Stream.concat(ways.stream(), other.ways.stream()).toList());
    }

    /**
     * What is to be proven next; nothing where enough is proven.
     *
     * @param since whatever was proven after this is young enough, however long ago that is
     */
    public Optional<Lack> lacking(Proven proven, Instant now, Instant since) {
        if (ways.isEmpty()) {
            return Optional.empty();
        }
        List<List<Step>> open =
                ways.stream().map(way -> unmet(way.steps(), Set.of(), proven, now, since)).toList();
        if (open.stream().anyMatch(List::isEmpty)) {
            return Optional.empty();
        }
        return Optional.of(next(open.stream().filter(Requirement::canBeDone).toList()));
    }

    /** Whoever can sign in by a password is asked for that first, as at every sign-in. */
    private static Lack next(List<List<Step>> open) {
        if (open.isEmpty()) {
            return new Lack.Impossible();
        }
        Set<Method> factors = EnumSet.noneOf(Method.class);
        for (List<Step> steps : open) {
            Set<Method> first = steps.getFirst().methods();
            if (!first.contains(Method.PASSWORD)) {
                factors.addAll(first);
            }
        }
        return factors.isEmpty() ? new Lack.Password() : new Lack.Factor(factors);
    }

    /** The steps that are left on a way when as many as can be are done, each by a method. */
    private static List<Step> unmet(
            List<Step> steps, Set<Method> used, Proven proven, Instant now, Instant since) {
        if (steps.isEmpty()) {
            return List.of();
        }
        Step first = steps.getFirst();
        List<Step> rest = steps.subList(1, steps.size());
        List<Step> best = new ArrayList<>();
        best.add(
                first.without(
                        method ->
                                used.contains(method)
                                        || counts(first, method, proven, now, since)));
        best.addAll(unmet(rest, used, proven, now, since));
        for (Method method : first.methods()) {
            if (!used.contains(method) && counts(first, method, proven, now, since)) {
                Set<Method> more = EnumSet.copyOf(method.together());
                more.addAll(used);
                List<Step> left = unmet(rest, more, proven, now, since);
                if (isBetter(left, best)) {
                    best = new ArrayList<>(left);
                }
            }
        }
        return best;
    }

    /** What can be done is better than what cannot, and then less than more. */
    private static boolean isBetter(List<Step> one, List<Step> other) {
        boolean can = canBeDone(one);
        return can == canBeDone(other) ? one.size() < other.size() : can;
    }

    private static boolean canBeDone(List<Step> steps) {
        return steps.stream().noneMatch(each -> each.methods().isEmpty());
    }

    private static boolean counts(
            Step step, Method method, Proven proven, Instant now, Instant since) {
        return proven.by(method)
                .filter(
                        when ->
                                !when.isBefore(since)
                                        || step.again()
                                                .map(age -> !when.plus(age).isBefore(now))
                                                .orElse(true))
                .isPresent();
    }
}
