package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.delivery.Mail;
import dev.ostiary.server.directory.users.CredentialsBody.PasswordBody;
import dev.ostiary.server.directory.users.RecoveryLinks.RecoveryLink;
import dev.ostiary.server.directory.users.UserWrites.Change;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What helps who forgot the password (Users, "Forgot Password"): a link, or the answer to the
 * recovery question. Thread-safe.
 *
 * <p>The link asks for no recovery question: the mail address, which every user has, is a way of
 * recovery on the Identity Engine ("Start forgot password flow").
 */
final class ForgottenPassword {

    private static final String QUESTION = "recovery_question";
    private static final String NO_QUESTION = "Recovery credential not set.";

    private final UserParts parts;
    private final UserWrites writes;
    private final ProvenWrites proven;
    private final PasswordProof proof;
    private final RecoveryLinks links;

    ForgottenPassword(UserParts parts, UserWrites writes, ProvenWrites proven) {
        this.parts = parts;
        this.writes = writes;
        this.proven = proven;
        this.proof = new PasswordProof(parts.hasher());
        this.links = new RecoveryLinks(parts);
    }

    /** With a body it is what the older documentation has here: {@link #answer}. */
    Reply forgot(Request request) {
        if (request.hasBody() && !request.object().isEmpty()) {
            return answer(request);
        }
        boolean mailed = request.query().flag("sendEmail", true);
        RecoveryLink link =
                writes.change(request, "userId", change -> begin(change, mailed))
                        .orElseThrow(() -> ApiException.of("E0000034"));
        return mailed ? Reply.okEmptyObject() : link.show();
    }

    /** Nothing for whoever may not forget the password, which the log tells too. */
    private Optional<RecoveryLink> begin(Change change, boolean mailed) {
        User user = change.before();
        if (!Step.FORGOT_PASSWORD.allows(user)) {
            change.tx()
                    .emit(
                            parts.events()
                                    .of(Step.FORGOT_PASSWORD.event(), user)
                                    .legacy(
                                            "core.user_auth.self_service.password_reset.invalid_user_state")
                                    .outcome(Outcome.failure("NOT_ALLOWED")));
            return Optional.empty();
        }
        RecoveryLink link = links.forgotten(change, user);
        change.tx()
                .emit(
                        parts.events()
                                .of(Step.FORGOT_PASSWORD.event(), user)
                                .legacy(
                                        "core.user_auth.self_service.password_reset.issued_recovery_token"));
        if (mailed) {
            links.mailForgotten(change, user, link);
        }
        return Optional.of(link);
    }

    /** A new password for who knows the answer; a question that is sent along says nothing. */
    Reply answer(Request request) {
        CredentialsBody body = request.body(CredentialsBody.SHAPE);
        Reading reading = new Reading();
        Optional<String> wanted = PasswordBody.clear(body.password(), "password", reading);
        @Nullable String given =
                body.recoveryQuestion() == null ? null : body.recoveryQuestion().answer();
        if (given == null || given.isBlank()) {
            reading.wrong(
                    Path.root(QUESTION).field(QUESTION).field("answer"), NewCredentials.BLANK);
        }
        reading.finish();
        String answer = given == null ? "" : given;
        boolean mailed = request.query().flag("sendEmail", true);
        User after =
                proven.change(
                        request,
                        Step.FORGOT_PASSWORD,
                        (user, secrets) ->
                                judge(request.org(), answer, wanted.orElseThrow(), user, secrets),
                        (change, chosen) -> apply(change, chosen, mailed));
        return Reply.ok(out -> UserJson.writeCredentials(out, after));
    }

    private Verdict<ChosenPassword> judge(
            Org org, String answer, String wanted, User user, Secrets secrets) {
        if (user.recoveryQuestion() == null) {
            throw ApiException.of("E0000034").because(NO_QUESTION);
        }
        return proof.isAnswer(answer, secrets)
                ? ChosenPassword.of(org, wanted, user, secrets, parts)
                : Verdict.wrongSecret(ApiException.of("E0000087"));
    }

    private User apply(Change change, ChosenPassword chosen, boolean mailed) {
        User after = chosen.applyTo(change, parts);
        change.tx()
                .emit(
                        parts.events()
                                .of(Step.FORGOT_PASSWORD.event(), after)
                                .legacy("core.user_auth.self_service.password_reset"));
        if (mailed) {
            parts.outbox()
                    .put(
                            change.tx(),
                            change.request().org(),
                            Mail.passwordChanged(Invitations.recipient(after)));
        }
        return after;
    }
}
