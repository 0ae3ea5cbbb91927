package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.policy.PasswordDecision.StepUp;
import dev.ostiary.server.signin.flow.Move;
import dev.ostiary.server.signin.flow.Moves;
import dev.ostiary.server.signin.flow.Outcome;
import dev.ostiary.server.signin.flow.Showing;
import dev.ostiary.server.signin.flow.State;
import dev.ostiary.server.signin.flow.Status;
import dev.ostiary.server.signin.flow.Transaction;
import dev.ostiary.server.signin.recovery.Challenge;
import dev.ostiary.server.signin.recovery.PhoneRecoveries;
import dev.ostiary.server.signin.recovery.Recoveries.HandedOut;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How a state looks ("Authentication transaction object", "Recovery transaction object"). Its links
 * are read off the table of moves, and only they lead on. Thread-safe.
 *
 * @param request the request that is answered
 */
public record TransactionJson(Request request) {

    /** The path below which everything is. */
    static final String AUTHN = "/api/v1/authn";

    /** What a sign-in leaves behind that is given up. */
    static final Schema CANCELLED = Schema.object().maybe("relayState", Schema.TEXT);

    /** What every operation answers. */
    static final Schema SCHEMA =
            Schema.object("AuthenticationTransaction")
                    .maybe("stateToken", Schema.TEXT)
                    .maybe("type", Schema.words(StepUpJson.TYPE))
                    .maybe("expiresAt", Schema.MOMENT)
                    .always("status", Schema.words(Status.values()))
                    .maybe("recoveryToken", Schema.TEXT)
                    .maybe("sessionToken", Schema.TEXT)
                    .maybe("relayState", Schema.TEXT)
                    .maybe("factorResult", Schema.TEXT)
                    .maybe("challengeType", Schema.words("FACTOR", "FACTOR_TYPE"))
                    .maybe("factorType", Schema.TEXT)
                    .maybe("recoveryType", Schema.words(Purpose.values()))
                    .maybe(
                            "_embedded",
                            Schema.object()
                                    .maybe("user", EmbeddedUser.SCHEMA)
                                    .maybe("factors", Schema.list(Schema.DOCUMENT))
                                    .maybe("factor", Schema.DOCUMENT)
                                    .maybe("challenge", Schema.DOCUMENT)
                                    .maybe("policy", EmbeddedPolicy.SCHEMA)
                                    .maybe("target", StepUpJson.TARGET)
                                    .maybe("authentication", StepUpJson.AUTHENTICATION))
                    .maybe("_links", Links.SCHEMA);

    /**
     * The answer to a move.
     *
     * @param daysLeft until the password expires, where that is told
     * @throws ApiException {@code E0000004} if the policies do not let the user in
     */
    Reply show(Outcome outcome, long daysLeft) {
        return switch (outcome) {
            case Outcome.Waiting waiting -> Reply.ok(out -> waiting(out, waiting, daysLeft));
            case Outcome.Success success -> Reply.ok(out -> success(out, success));
            case Outcome.Unlocked unlocked -> Reply.ok(out -> unlocked(out, unlocked));
            case Outcome.LockedOut locked -> Reply.ok(this::lockedOut);
            case Outcome.Denied denied -> throw ApiException.of("E0000004");
            case Outcome.Cancelled cancelled -> Reply.ok(out -> cancelled(out, cancelled));
        };
    }

    private void waiting(JsonGenerator out, Outcome.Waiting waiting, long daysLeft) {
        Transaction transaction = waiting.transaction();
        out.writeStartObject();
        out.writeStringProperty("stateToken", waiting.stateToken());
        text(out, "type", transaction.destination().map(into -> StepUpJson.TYPE));
        out.writeStringProperty("expiresAt", Dates.text(transaction.expires()));
        out.writeStringProperty("status", transaction.state().status().name());
        text(out, "relayState", transaction.relayState());
        text(out, "recoveryType", transaction.recovery().map(Purpose::name));
        text(out, "factorResult", result(transaction.state()));
        challenge(out, transaction.state());
        FactorView factors =
                new FactorView(url(""), waiting.user().id(), request.url("/api/v1/users"));
        out.writeObjectPropertyStart("_embedded");
        EmbeddedUser.write(out, waiting.user(), transaction.state() instanceof State.Recovery);
        factors.write(out, waiting.showing(), result(transaction.state()));
        EmbeddedPolicy.write(
                out,
                transaction.state(),
                waiting.rules(),
                AutoPush.of(request, waiting.showing()),
                daysLeft,
                asksQuestion(waiting));
        transaction.destination().ifPresent(into -> StepUpJson.embedded(out, request, into));
        out.writeEndObject();
        links(waiting, factors).write(out);
        out.writeEndObject();
    }

    /** Whether who comes by an invitation could never recover without a question. */
    private static boolean asksQuestion(Outcome.Waiting waiting) {
        return waiting.transaction().recovery().equals(Optional.of(Purpose.ACCOUNT_ACTIVATION))
                && waiting.rules().own().stepUp() == StepUp.QUESTION
                && waiting.user().recoveryQuestion() == null;
    }

    /** Whether one security key was asked or all of them ("Verify WebAuthn Factor"). */
    private static void challenge(JsonGenerator out, State state) {
        if (state instanceof State.MfaChallenge asked
                && asked.result().equals(Optional.of(FactorSteps.CHALLENGE))) {
            out.writeStringProperty("challengeType", asked.asksAnyKey() ? "FACTOR_TYPE" : "FACTOR");
            if (asked.asksAnyKey()) {
                out.writeStringProperty("factorType", State.MfaChallenge.ANY_KEY);
            }
        }
    }

    /** How the last attempt with a factor went, where that is told. */
    private static Optional<String> result(State state) {
        return switch (state) {
            case State.MfaChallenge challenge -> challenge.result();
            case State.MfaEnrollActivate begun -> begun.result();
            case State.MfaRequired none -> Optional.empty();
            case State.MfaEnroll none -> Optional.empty();
            case State.PasswordWarn none -> Optional.empty();
            case State.PasswordExpired none -> Optional.empty();
            case State.PasswordReset none -> Optional.empty();
            case State.Recovery none -> Optional.empty();
            case State.Success none -> Optional.empty();
        };
    }

    private static void success(JsonGenerator out, Outcome.Success success) {
        out.writeStartObject();
        out.writeStringProperty("expiresAt", Dates.text(success.token().expires()));
        out.writeStringProperty("status", Status.SUCCESS.name());
        text(out, "relayState", success.relayState());
        out.writeStringProperty("sessionToken", success.token().text());
        embedded(out, success.user());
        out.writeEndObject();
    }

    private static void unlocked(JsonGenerator out, Outcome.Unlocked unlocked) {
        out.writeStartObject();
        out.writeStringProperty("status", Status.SUCCESS.name());
        text(out, "relayState", unlocked.relayState());
        out.writeStringProperty("recoveryType", Purpose.UNLOCK.name());
        embedded(out, unlocked.user());
        out.writeEndObject();
    }

    private static void cancelled(JsonGenerator out, Outcome.Cancelled cancelled) {
        out.writeStartObject();
        text(out, "relayState", cancelled.relayState());
        out.writeEndObject();
    }

    /** There is no state token to give up; okta-auth-js has {@code cancel} here all the same. */
    private void lockedOut(JsonGenerator out) {
        out.writeStartObject();
        out.writeStringProperty("status", Status.LOCKED_OUT.name());
        new Links()
                .named("next", "unlock", url("/recovery/unlock"), "POST")
                .hinted("cancel", url("/cancel"), "POST")
                .write(out);
        out.writeEndObject();
    }

    /**
     * A recovery that waits for a mail to be read. Nothing of it depends on who was asked for.
     *
     * @param purpose what is recovered
     */
    public static Reply mailed(Purpose purpose) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("status", Status.RECOVERY_CHALLENGE.name());
                    out.writeStringProperty("factorResult", "WAITING");
                    out.writeStringProperty("factorType", "EMAIL");
                    out.writeStringProperty("recoveryType", purpose.name());
                    out.writeEndObject();
                });
    }

    /**
     * A recovery that waits for a code ("Forgot password with SMS Factor"). Nothing of it depends
     * on who was asked for.
     */
    Reply challenged(PhoneRecoveries.Waiting waiting) {
        Challenge challenge = waiting.challenge();
        String way = challenge.way().name();
        String factor = url("/recovery/factors/" + way);
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("stateToken", waiting.stateToken());
                    out.writeStringProperty("expiresAt", Dates.text(challenge.expires()));
                    out.writeStringProperty("status", Status.RECOVERY_CHALLENGE.name());
                    text(out, "relayState", challenge.relayState());
                    out.writeStringProperty("factorType", way);
                    out.writeStringProperty("recoveryType", challenge.purpose().name());
                    new Links()
                            .named("next", "verify", factor + "/verify", "POST")
                            .hinted("cancel", url("/cancel"), "POST")
                            .named(
                                    "resend",
                                    way.toLowerCase(Locale.ROOT),
                                    factor + "/resend",
                                    "POST")
                            .write(out);
                    out.writeEndObject();
                });
    }

    /** A recovery whose token a trusted application hands out. */
    Reply handedOut(Purpose purpose, HandedOut handed, @Nullable String relayState) {
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("expiresAt", Dates.text(handed.token().expires()));
                    out.writeStringProperty("status", Status.RECOVERY.name());
                    text(out, "relayState", Optional.ofNullable(relayState));
                    out.writeStringProperty("recoveryToken", handed.token().text());
                    out.writeStringProperty("recoveryType", purpose.name());
                    embedded(out, handed.user());
                    new Links()
                            .named("next", "recovery", url("/recovery/token"), "POST")
                            .hinted("cancel", url("/cancel"), "POST")
                            .write(out);
                    out.writeEndObject();
                });
    }

    private static void embedded(JsonGenerator out, User user) {
        out.writeObjectPropertyStart("_embedded");
        EmbeddedUser.write(out, user, false);
        out.writeEndObject();
    }

    /** The way on, the way past, and the way out, as far as the state has them. */
    private Links links(Outcome.Waiting waiting, FactorView factors) {
        State state = waiting.transaction().state();
        Showing showing = waiting.showing();
        Links links = new Links();
        if (state instanceof State.Success) {
            links.named(
                    "next", "original", StepUpRedirect.url(request, waiting.stateToken()), "GET");
        }
        if (Moves.allows(state, Move.CHANGE_PASSWORD)) {
            links.named("next", "changePassword", url("/credentials/change_password"), "POST");
        }
        if (Moves.allows(state, Move.RESET_PASSWORD)) {
            // one example of the documentation has "password", which no official client knows
            links.named("next", "resetPassword", url("/credentials/reset_password"), "POST");
        }
        if (Moves.allows(state, Move.ANSWER_QUESTION)) {
            links.named("next", "answer", url("/recovery/answer"), "POST");
        }
        factors.links(links, showing, result(state));
        if (Moves.allows(state, Move.SKIP)) {
            links.named("skip", "skip", url("/skip"), "POST");
        }
        if (Moves.allows(state, Move.CANCEL)) {
            links.hinted("cancel", url("/cancel"), "POST");
        }
        if (Moves.allows(state, Move.PREVIOUS)) {
            links.hinted("prev", url("/previous"), "POST");
        }
        factors.resend(links, showing);
        return links;
    }

    private String url(String path) {
        return request.url(AUTHN + path);
    }

    static void text(JsonGenerator out, String name, Optional<String> value) {
        value.filter(text -> !text.isEmpty())
                .ifPresent(text -> out.writeStringProperty(name, text));
    }
}
