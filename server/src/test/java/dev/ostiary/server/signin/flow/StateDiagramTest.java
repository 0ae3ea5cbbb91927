package dev.ostiary.server.signin.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.server.directory.users.Fixtures;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserStatus;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import dev.ostiary.server.policy.EnrolmentDecision.When;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.Proofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The diagram in {@code docs/sign-in-states.md}. Which moves a state has is asked of the table;
 * where a move leads that ends with whatever remains is asked of {@link Progress}, under every
 * rule.
 */
@DisplayName("The diagram of the states of a sign-in")
class StateDiagramTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final List<State> STATES =
            List.of(
                    new State.MfaRequired(),
                    new State.MfaChallenge("sms1", Optional.empty(), Optional.empty()),
                    new State.MfaEnroll(false),
                    new State.MfaEnroll(true),
                    new State.MfaEnrollActivate("sms1", Optional.empty()),
                    new State.PasswordExpired(),
                    new State.PasswordWarn(),
                    new State.Recovery(),
                    new State.PasswordReset(),
                    new State.Success());

    @Test
    @DisplayName("is what the table of moves and the rules of progress say")
    void document() throws IOException {
        Path document =
                Path.of(System.getProperty("ostiary.home", ".."), "docs", "sign-in-states.md");

        assertThat(Files.readString(document)).contains(diagram());
    }

    private static String diagram() {
        Map<String, Set<String>> edges = new TreeMap<>();
        for (String next : onward(blank(), Set.of(Proofs.NONE), true)) {
            edge(edges, "[*]", next, "authenticate");
            edge(edges, Status.UNAUTHENTICATED.name(), next, words(Move.AUTHENTICATE));
        }
        edge(edges, "[*]", Status.UNAUTHENTICATED.name(), "open app");
        edge(
                edges,
                Status.UNAUTHENTICATED.name(),
                Status.LOCKED_OUT.name(),
                words(Move.AUTHENTICATE));
        edge(edges, "[*]", Status.LOCKED_OUT.name(), "authenticate");
        edge(edges, "[*]", Status.RECOVERY_CHALLENGE.name(), "recover by phone");
        edge(edges, "[*]", Status.RECOVERY.name(), "recovery token");
        edge(edges, "[*]", Status.PASSWORD_RESET.name(), "recovery token");
        edge(edges, "[*]", Status.MFA_REQUIRED.name(), "recovery token");
        for (State state : STATES) {
            for (Move move : Move.values()) {
                if (Moves.allows(state, move)) {
                    targets(state, move)
                            .forEach(next -> edge(edges, state.status().name(), next, words(move)));
                }
            }
        }
        for (String next :
                List.of(
                        Status.RECOVERY.name(),
                        Status.PASSWORD_RESET.name(),
                        Status.MFA_REQUIRED.name(),
                        Status.SUCCESS.name())) {
            edge(edges, Status.RECOVERY_CHALLENGE.name(), next, words(Move.VERIFY_RECOVERY_FACTOR));
        }
        edge(edges, Status.SUCCESS.name(), "[*]", "");
        edge(edges, Status.LOCKED_OUT.name(), "[*]", "");
        StringBuilder text = new StringBuilder("```mermaid\nstateDiagram-v2\n");
        edges.forEach(
                (ends, moves) -> {
                    String label = String.join(", ", moves);
                    text.append("    ").append(ends);
                    text.append(label.isEmpty() ? "\n" : " : " + label + "\n");
                });
        return text.append("```\n").toString();
    }

    private static void edge(Map<String, Set<String>> edges, String from, String to, String move) {
        if (!from.equals(to)) {
            Set<String> moves = edges.computeIfAbsent(from + " --> " + to, ends -> new TreeSet<>());
            if (!move.isEmpty()) {
                moves.add(move);
            }
        }
    }

    /** Where a move leads from a state; none where it always ends, or stays. */
    private static Set<String> targets(State state, Move move) {
        return switch (move) {
            case GET,
                    AUTHENTICATE,
                    CANCEL,
                    RESEND_CHALLENGE,
                    RESEND_ACTIVATION,
                    SEND_ACTIVATION,
                    RESEND_RECOVERY_FACTOR ->
                    Set.of();
            case PREVIOUS -> Set.of(Flow.previous(blank().at(state)).state().status().name());
            case SKIP ->
                    onward(blank().at(state).passingOver(), Set.of(Proofs.NONE, proven()), false);
            case CHANGE_PASSWORD, RESET_PASSWORD ->
                    onward(blank().at(state), Set.of(Proofs.NONE, proven()), false);
            case ANSWER_QUESTION -> Set.of(Status.PASSWORD_RESET.name(), Status.SUCCESS.name());
            case VERIFY_FACTOR ->
                    and(Status.MFA_CHALLENGE, and(Status.PASSWORD_RESET, after(state)));
            case ENROLL_FACTOR -> and(Status.MFA_ENROLL_ACTIVATE, after(state));
            case ACTIVATE_FACTOR, POLL_ACTIVATION -> after(state);
            case VERIFY_RECOVERY_FACTOR -> Set.of();
        };
    }

    private static Set<String> and(Status rests, Set<String> others) {
        Set<String> all = new TreeSet<>(others);
        all.add(rests.name());
        return all;
    }

    /** What follows a factor that was proven. */
    private static Set<String> after(State state) {
        return onward(blank().at(state), Set.of(proven()), true);
    }

    private static Proofs proven() {
        return Proofs.NONE.withFactor(NOON, Method.TOTP, List.of("otp"));
    }

    private static Transaction blank() {
        return new Beginning(
                        Proofs.NONE,
                        new Options(true, true),
                        Optional.empty(),
                        Optional.empty(),
                        Device.UNKNOWN)
                .at(new State.PasswordReset(), "00u1", NOON);
    }

    /**
     * Everything that may be next, under every rule.
     *
     * @param expired whether the password may have expired
     */
    private static Set<String> onward(Transaction from, Set<Proofs> proofs, boolean expired) {
        Set<String> all = new TreeSet<>();
        for (Proofs proof : proofs) {
            for (Rules rules : rules()) {
                for (Progress.Have have : haves()) {
                    for (UserStatus status : statuses(expired)) {
                        all.addAll(next(from.proving(proof), rules, have, status));
                    }
                }
            }
        }
        return all;
    }

    private static Set<String> next(
            Transaction from, Rules rules, Progress.Have have, UserStatus status) {
        User user = Fixtures.user(status, NOON.minus(Duration.ofDays(27)));
        return switch (Progress.next(from, user, rules, have, NOON)) {
            case Progress.Next.Remains(State state) -> Set.of(state.status().name());
            case Progress.Next.Done done -> Set.of(Status.SUCCESS.name());
            case Progress.Next.Impossible none -> Set.of();
        };
    }

    private static Set<UserStatus> statuses(boolean expired) {
        return expired
                ? EnumSet.of(UserStatus.ACTIVE, UserStatus.PASSWORD_EXPIRED)
                : EnumSet.of(UserStatus.ACTIVE);
    }

    private static List<Rules> rules() {
        List<Rules> all = new ArrayList<>();
        PasswordPolicy usual = PasswordPolicy.observedDefault();
        all.add(Decided.with(new PasswordPolicy(usual.complexity(), 4, 0, 30, 5, 10, 0, 4, 60)));
        for (When when : When.values()) {
            all.add(Decided.plain(when));
            for (Rules.Remembered remembered : Rules.Remembered.values()) {
                all.add(Decided.asking(when, remembered));
            }
        }
        return all;
    }

    private static List<Progress.Have> haves() {
        List<Progress.Have> all = new ArrayList<>();
        for (boolean active : new boolean[] {false, true}) {
            all.add(new Progress.Have(active, false, false));
            all.add(new Progress.Have(active, false, true));
            all.add(new Progress.Have(active, true, true));
        }
        return all;
    }

    private static String words(Move move) {
        return move.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
