package dev.ostiary.server.signin.sessions;

import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.policy.assurance.Proven;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How and when a user proved who it is. Immutable.
 *
 * @param password when by the password; empty if it was not
 * @param factor when by a further factor; empty if it was not
 * @param amr the methods, as RFC 8176 and the Sessions API ("AMR object") name them
 * @param proven the methods, as policies know them
 */
public record Proofs(
        Optional<Instant> password, Optional<Instant> factor, List<String> amr, Proven proven) {

    /** Nothing is proven. */
    public static final Proofs NONE =
            new Proofs(Optional.empty(), Optional.empty(), List.of(), Proven.NOTHING);

    public Proofs {
        amr = List.copyOf(amr);
    }

    /** And by the password. */
    public Proofs withPassword(Instant when) {
        return new Proofs(
                Optional.of(when),
                factor,
                plus(List.of("pwd")),
                proven.with(Method.PASSWORD, when));
    }

    /**
     * And by a factor.
     *
     * @param methods how the wire names it
     */
    public Proofs withFactor(Instant when, Method method, List<String> methods) {
        List<String> more = new ArrayList<>(methods);
        more.add("mfa");
        return new Proofs(password, Optional.of(when), plus(more), proven.with(method, when));
    }

    /** All of both. */
    public Proofs and(Proofs other) {
        return new Proofs(
                later(password, other.password),
                later(factor, other.factor),
                plus(other.amr),
                proven.and(other.proven));
    }

    private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
        return Stream.of(one, other).flatMap(Optional::stream).max(Instant::compareTo);
    }

    private List<String> plus(List<String> more) {
        List<String> all = new ArrayList<>(amr);
        more.stream().filter(method -> !all.contains(method)).forEach(all::add);
        return all;
    }
}
