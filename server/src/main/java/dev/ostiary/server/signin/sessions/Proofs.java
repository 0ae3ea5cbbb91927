package dev.ostiary.server.signin.sessions;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How and when a user proved who it is. Immutable.
 *
 * @param password when by the password; empty if it was not
 * @param factor when by a further factor; empty if it was not
 * @param amr the methods, as RFC 8176 and the Sessions API ("AMR object") name them
 */
public record Proofs(Optional<Instant> password, Optional<Instant> factor, List<String> amr) {

    /** Nothing is proven. */
    public static final Proofs NONE = new Proofs(Optional.empty(), Optional.empty(), List.of());

    public Proofs {
        amr = List.copyOf(amr);
    }

    /** And by the password. */
    public Proofs withPassword(Instant when) {
        return new Proofs(Optional.of(when), factor, plus(List.of("pwd")));
    }

    /** And by a factor of these methods. */
    public Proofs withFactor(Instant when, List<String> methods) {
        List<String> more = new ArrayList<>(methods);
        more.add("mfa");
        return new Proofs(password, Optional.of(when), plus(more));
    }

    private List<String> plus(List<String> more) {
        List<String> all = new ArrayList<>(amr);
        more.stream().filter(method -> !all.contains(method)).forEach(all::add);
        return all;
    }
}
