package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
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
     * @param answer the hashed answer
     * @param betterHash a better hash of the password that was proven by the way
     */
    private record Judged(NewCredentials.Hashed answer, Optional<String> betterHash) {}

    Reply change(Request request) {
        CredentialsBody body = request.body(CredentialsBody.SHAPE);
        Reading reading = new Reading();
        Optional<String> password = PasswordBody.clear(body.password(), "password", reading);
        if (body.recoveryQuestion() == null) {
            reading.wrong(Path.root(FIELD).field(FIELD), NewCredentials.BLANK);
        }
        NewCredentials question =
                NewCredentials.question(
                        body.recoveryQuestion(), parts.credentialRules().policy(), reading);
        reading.finish();
        User after =
                proven.change(
                        request,
                        Step.CHANGE_RECOVERY_QUESTION,
                        (user, secrets) -> judge(password.orElseThrow(), question, secrets),
                        (change, judged) -> apply(change, question, judged));
        return Reply.ok(out -> UserJson.writeCredentials(out, after));
    }

    private Verdict<Judged> judge(String password, NewCredentials question, Secrets secrets) {
        if (!proof.isPassword(password, secrets)) {
            return Verdict.wrongSecret(ApiException.of("E0000014").because(WRONG));
        }
        return new Verdict.Granted<>(
                new Judged(question.hashed(parts.hasher()), proof.betterHash(password, secrets)));
    }

    private User apply(Change change, NewCredentials question, Judged judged) {
        User after = change.before().with(question, change.now()).proven();
        Secrets secrets = judged.answer().applied(change.secrets()).unlocked();
        change.save(after, judged.betterHash().map(secrets::rehashed).orElse(secrets));
        change.tx().emit(parts.events().of(Step.CHANGE_RECOVERY_QUESTION.event(), after));
        return after;
    }
}
