package dev.ostiary.server.signin.flow;

import static dev.ostiary.server.signin.flow.Move.ACTIVATE_FACTOR;
import static dev.ostiary.server.signin.flow.Move.ANSWER_QUESTION;
import static dev.ostiary.server.signin.flow.Move.AUTHENTICATE;
import static dev.ostiary.server.signin.flow.Move.CANCEL;
import static dev.ostiary.server.signin.flow.Move.CHANGE_PASSWORD;
import static dev.ostiary.server.signin.flow.Move.ENROLL_FACTOR;
import static dev.ostiary.server.signin.flow.Move.GET;
import static dev.ostiary.server.signin.flow.Move.POLL_ACTIVATION;
import static dev.ostiary.server.signin.flow.Move.PREVIOUS;
import static dev.ostiary.server.signin.flow.Move.RESEND_ACTIVATION;
import static dev.ostiary.server.signin.flow.Move.RESEND_CHALLENGE;
import static dev.ostiary.server.signin.flow.Move.RESEND_RECOVERY_FACTOR;
import static dev.ostiary.server.signin.flow.Move.RESET_PASSWORD;
import static dev.ostiary.server.signin.flow.Move.SEND_ACTIVATION;
import static dev.ostiary.server.signin.flow.Move.SKIP;
import static dev.ostiary.server.signin.flow.Move.VERIFY_FACTOR;
import static dev.ostiary.server.signin.flow.Move.VERIFY_RECOVERY_FACTOR;

import dev.ostiary.platform.problem.ApiException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * The table: what may be done in which state. Anything else is {@code E0000079} (Authentication
 * API, "State token": transitions are strictly enforced). The links of a state are read off it, so
 * that what is published works and what does not is not published (P31).
 */
public final class Moves {

    private static final String NOT_NOW =
            "This operation is not allowed in the current authentication state.";

    private static final Map<Status, Set<Move>> TABLE = table();

    private Moves() {}

    private static Map<Status, Set<Move>> table() {
        Map<Status, Set<Move>> table = new EnumMap<>(Status.class);
        table.put(Status.PASSWORD_WARN, EnumSet.of(GET, CANCEL, CHANGE_PASSWORD, SKIP));
        table.put(Status.PASSWORD_EXPIRED, EnumSet.of(GET, CANCEL, CHANGE_PASSWORD));
        table.put(Status.PASSWORD_RESET, EnumSet.of(GET, CANCEL, RESET_PASSWORD));
        table.put(Status.RECOVERY, EnumSet.of(GET, CANCEL, ANSWER_QUESTION));
        table.put(
                Status.RECOVERY_CHALLENGE,
                EnumSet.of(GET, CANCEL, VERIFY_RECOVERY_FACTOR, RESEND_RECOVERY_FACTOR));
        table.put(Status.MFA_REQUIRED, EnumSet.of(GET, CANCEL, VERIFY_FACTOR));
        table.put(
                Status.MFA_CHALLENGE,
                EnumSet.of(GET, CANCEL, VERIFY_FACTOR, RESEND_CHALLENGE, PREVIOUS));
        table.put(Status.MFA_ENROLL, EnumSet.of(GET, CANCEL, ENROLL_FACTOR, SKIP));
        table.put(
                Status.MFA_ENROLL_ACTIVATE,
                EnumSet.of(
                        GET,
                        CANCEL,
                        ACTIVATE_FACTOR,
                        POLL_ACTIVATION,
                        RESEND_ACTIVATION,
                        SEND_ACTIVATION,
                        PREVIOUS));
        table.put(Status.UNAUTHENTICATED, EnumSet.of(GET, AUTHENTICATE));
        table.put(Status.SUCCESS, EnumSet.of(GET));
        table.put(Status.LOCKED_OUT, EnumSet.noneOf(Move.class));
        return table;
    }

    /** Whether this may be done where nobody knows yet who signs in. */
    public static boolean allows(Status status, Move move) {
        return TABLE.getOrDefault(status, Set.of()).contains(move);
    }

    /** Whether this may be done here. */
    public static boolean allows(State state, Move move) {
        return allows(state.status(), move)
                && !(move == SKIP
                        && state instanceof State.MfaEnroll(boolean skippable)
                        && !skippable);
    }

    /**
     * As {@link #allows}.
     *
     * @throws ApiException {@code E0000079} if it may not
     */
    static void require(State state, Move move) {
        if (!allows(state, move)) {
            throw notNow();
        }
    }

    /** What a move is refused with that the state does not allow. */
    public static ApiException notNow() {
        return ApiException.of("E0000079").because(NOT_NOW);
    }
}
