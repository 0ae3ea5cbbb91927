package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.users.CredentialsBody.PasswordBody;
import dev.ostiary.server.directory.users.UserWrites.Change;
import java.util.Optional;

/**
 * Another recovery question for who knows the password (Users, "Change Recovery Question").
 * Thread-safe.
 */
final class RecoveryQuestionChange {

    private static final String FIELD = "recovery_question";
    private static final String WRONG = "Password is not correct";

    private final UserParts parts;
    private final ProvenWrites proven;
    private final PasswordProof proof;

    RecoveryQuestionChange(UserParts parts, ProvenWrites proven) {
        this.parts = parts;
        this.proven = proven;
        this.proof = new PasswordProof(parts.hasher());
    }

    /**
     * What is written.
     *
     * @param question the question
     * @param answer the hashed answer
     * @param betterHash a better hash of the password that was proven by the way
     */
    private record Judged(
            NewCredentials question, NewCredentials.Hashed answer, Optional<String> betterHash) {}

    Reply change(Request request) {
        CredentialsBody body = request.body(CredentialsBody.SHAPE);
        Reading reading = new Reading();
        Optional<String> password = PasswordBody.clear(body.password(), "password", reading);
        if (body.recoveryQuestion() == null) {
            reading.wrong(Path.root(FIELD).field(FIELD), NewCredentials.BLANK);
        }
        reading.finish();
        User after =
                proven.change(
                        request,
                        Step.CHANGE_RECOVERY_QUESTION,
                        (user, secrets) ->
                                judge(request.org(), body, password.orElseThrow(), user, secrets),
                        this::apply);
        return Reply.ok(out -> UserJson.writeCredentials(out, after));
    }

    private Verdict<Judged> judge(
            Org org, CredentialsBody body, String password, User user, Secrets secrets) {
        Reading reading = new Reading();
        NewCredentials question =
                NewCredentials.question(
                        body.recoveryQuestion(),
                        parts.credentialRules().of(org, user.id()).policy(),
                        reading);
        reading.finish();
        if (!proof.isPassword(password, secrets)) {
            return Verdict.wrongSecret(ApiException.of("E0000014").because(WRONG));
        }
        return new Verdict.Granted<>(
                new Judged(
                        question,
                        question.hashed(parts.hasher()),
                        proof.betterHash(password, secrets)));
    }

    private User apply(Change change, Judged judged) {
        User after = change.before().with(judged.question(), change.now()).proven();
        Secrets secrets = judged.answer().applied(change.secrets()).unlocked();
        change.save(after, judged.betterHash().map(secrets::rehashed).orElse(secrets));
        change.tx().emit(parts.events().of(Step.CHANGE_RECOVERY_QUESTION.event(), after));
        return after;
    }
}
