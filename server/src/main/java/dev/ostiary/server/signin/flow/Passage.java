package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.security.behaviours.Behaviours;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a sign-in stands and how it ends, within the transaction of a move: what remains to be done
 * is read off the {@linkplain Progress progress}, and what is written of it is written here.
 * Thread-safe.
 *
 * <p>The state token stays the same from move to move, and its time starts again with each
 * (Authentication API, "State token").
 */
record Passage(
        TransactionStore store,
        Tokens tokens,
        SignInFactors factors,
        SignedIn signedIn,
        Behaviours behaviours,
        UnknownDevices unknownDevices,
        SignOnLog log) {

    private static final Duration VALID = Duration.ofMinutes(5);

    /** Begins with what remains to be done. */
    Outcome begin(Tx tx, Request request, HeldAccount account, Rules rules, Beginning beginning) {
        Transaction blank =
                beginning.at(new State.PasswordReset(), account.user().id(), account.now());
        return onward(tx, request, account, rules, blank, Optional.empty());
    }

    /**
     * Begins in a state.
     *
     * @param stateToken what it goes on with; a new one where there is none
     */
    Outcome begin(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules rules,
            Beginning beginning,
            State state,
            Optional<String> stateToken) {
        Transaction first =
                beginning.at(state, account.user().id(), account.now()).moved(end(account));
        String text = stateToken.orElseGet(tokens::apiToken);
        store.insert(tx, text, first, account.now());
        return waiting(tx, request, account, rules, first, text, Optional.empty());
    }

    private static Instant end(HeldAccount account) {
        return account.now().plus(VALID);
    }

    /**
     * Goes on with what remains to be done, or lets the user in.
     *
     * @param token what it goes on with; a new one where there is none
     */
    Outcome onward(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules valid,
            Transaction transaction,
            Optional<String> token) {
        User user = account.user();
        if (!valid.admitted()) {
            return denied(tx, account, valid, transaction, token);
        }
        factors.enrolMail(tx, request, account, valid.enrolling());
        Progress.Have have =
                Progress.asksForFactors(transaction, valid)
                        ? factors.have(tx, request, account, valid.enrolling(), transaction)
                        : Progress.Have.NOTHING;
        return switch (Progress.next(transaction, user, valid, have, account.now())) {
            case Progress.Next.Remains(State next) -> {
                if (Progress.challenges(transaction, valid, next)) {
                    tx.emit(log.challenged(user, valid));
                }
                Step.Rest rest = new Step.Rest(transaction.at(next));
                yield rest(tx, request, account, valid, rest, token);
            }
            case Progress.Next.Impossible none -> denied(tx, account, valid, transaction, token);
            case Progress.Next.Done done ->
                    signedIn(tx, request, account, valid, transaction, token);
        };
    }

    private Outcome signedIn(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules valid,
            Transaction transaction,
            Optional<String> token) {
        token.ifPresent(text -> store.delete(tx, text));
        if (transaction.stepUp().isPresent()) {
            return steppedUp(tx, request, account, valid, transaction, transaction.stepUp().get());
        }
        account.signIn();
        account.save();
        User user = account.user();
        tx.emit(log.allowed(user, valid));
        tx.emit(log.started(user, valid));
        behaviours.remember(tx, user.id(), valid.observation().signIn());
        if (valid.lockout() != Rules.Lockout.ACCOUNT) {
            unknownDevices.forget(tx, user.id());
        }
        return new Outcome.Success(
                user,
                signedIn.issue(tx, request.org(), user.id(), transaction.proofs(), valid.session()),
                transaction.relayState());
    }

    /** The session that there is knows of what was proven, once its browser takes it up again. */
    private Outcome steppedUp(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules valid,
            Transaction transaction,
            StepUp asked) {
        account.save();
        User user = account.user();
        tx.emit(log.verified(user, valid));
        return new Outcome.Success(
                user,
                signedIn.issueFor(
                        tx,
                        request.org(),
                        asked.sessionId(),
                        user.id(),
                        transaction.proofs(),
                        valid.session()),
                transaction.relayState());
    }

    /**
     * What was proven stays so, but leads nowhere. Of somebody who is signed in and wants into an
     * app, whoever lets people in there tells.
     */
    private Outcome denied(
            Tx tx,
            HeldAccount account,
            Rules valid,
            Transaction transaction,
            Optional<String> token) {
        token.ifPresent(text -> store.delete(tx, text));
        account.save();
        if (transaction.stepUp().isEmpty()) {
            tx.emit(log.denied(account.user(), valid));
            tx.emit(log.refused(account.user(), valid));
        }
        return new Outcome.Denied();
    }

    /** Rests in a state until the next move. */
    Outcome rest(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules valid,
            Step.Rest next,
            Optional<String> token) {
        Transaction moved = next.transaction().moved(end(account));
        String text = token.orElseGet(tokens::apiToken);
        if (token.isPresent()) {
            store.update(tx, text, moved);
        } else {
            store.insert(tx, text, moved, account.now());
        }
        return waiting(tx, request, account, valid, moved, text, next.challenge());
    }

    private Outcome waiting(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules valid,
            Transaction transaction,
            String stateToken,
            Optional<ObjectNode> challenge) {
        account.save();
        User user = account.user();
        return new Outcome.Waiting(
                stateToken,
                transaction,
                user,
                valid,
                factors.showing(tx, request, account, valid.enrolling(), transaction, challenge));
    }
}
