package dev.ostiary.server.signin.flow;

import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.users.HeldAccount;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.policy.AppSignOn;
import dev.ostiary.server.policy.assurance.Lack;
import dev.ostiary.server.policy.assurance.Method;
import dev.ostiary.server.security.behaviours.Behaviours;
import dev.ostiary.server.signin.devices.UnknownDevices;
import dev.ostiary.server.signin.flow.Transaction.Beginning;
import dev.ostiary.server.signin.sessions.Proofs;
import dev.ostiary.server.signin.sessions.SessionLimits;
import dev.ostiary.server.signin.sessions.SignedIn;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
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

    /** What a success is good for ends when it said. */
    private static Instant until(Transaction transaction, HeldAccount account) {
        return transaction.state() instanceof State.Success ? transaction.expires() : end(account);
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
            case Progress.Next.Done done -> judged(tx, request, account, valid, transaction, token);
        };
    }

    /**
     * Whoever has proven what the org asks proves what the app does, where the sign-in leads into
     * one. Somebody with a session was judged before that began, and is again by the app's door.
     */
    private Outcome judged(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules valid,
            Transaction transaction,
            Optional<String> token) {
        Optional<AppSignOn.Asked> asked =
                valid.access().filter(app -> transaction.session().isEmpty());
        if (asked.isEmpty() || transaction.destination().isEmpty()) {
            return signedIn(tx, request, account, valid, transaction, token);
        }
        return switch (asked.get().judge(transaction.proofs().proven(), account.now())) {
            case AppSignOn.Verdict.Admitted admitted ->
                    signedIn(tx, request, account, valid, transaction, token);
            case AppSignOn.Verdict.Challenged(Event event, Lack lack) -> {
                Destination app = transaction.destination().get();
                StepUp more = new StepUp(Optional.empty(), app.begun(), methods(lack), app.app());
                if (more.methods().isEmpty() || more.isMetBy(transaction.proofs().proven())) {
                    yield refused(tx, account, valid, event, token);
                }
                if (!transaction.stepUp().equals(Optional.of(more))) {
                    tx.emit(event);
                }
                yield onward(tx, request, account, valid, transaction.asking(more), token);
            }
            case AppSignOn.Verdict.Denied(Event event, Event refusal) -> {
                tx.emit(refusal);
                yield refused(tx, account, valid, event, token);
            }
        };
    }

    /** A password was proven already: whoever lacks another one lacks what nobody has. */
    private static Set<Method> methods(Lack lack) {
        return switch (lack) {
            case Lack.Factor(Set<Method> methods) -> methods;
            case Lack.Password none -> Set.of();
            case Lack.Impossible none -> Set.of();
        };
    }

    private Outcome signedIn(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules valid,
            Transaction transaction,
            Optional<String> token) {
        note(tx, account, valid, transaction);
        if (transaction.destination().isPresent()) {
            return arrived(tx, request, account, valid, transaction, token);
        }
        token.ifPresent(text -> store.delete(tx, text));
        account.save();
        return new Outcome.Success(
                account.user(),
                sessionToken(tx, request, account, valid, transaction),
                transaction.relayState());
    }

    private SignedIn.SessionToken sessionToken(
            Tx tx, Request request, HeldAccount account, Rules valid, Transaction transaction) {
        Org org = request.org();
        String user = account.user().id();
        Proofs proofs = transaction.proofs();
        SessionLimits limits = valid.session();
        return transaction
                .session()
                .map(session -> signedIn.issueFor(tx, org, session, user, proofs, limits))
                .orElseGet(() -> signedIn.issue(tx, org, user, proofs, limits));
    }

    /** A session that there is knows of what was proven, once its browser takes it up again. */
    private void note(Tx tx, HeldAccount account, Rules valid, Transaction transaction) {
        if (transaction.session().isPresent()) {
            tx.emit(log.verified(account.user(), valid));
            return;
        }
        account.signIn();
        User user = account.user();
        tx.emit(log.allowed(user, valid));
        tx.emit(log.started(user, valid));
        behaviours.remember(tx, user.id(), valid.observation().signIn());
        if (valid.lockout() != Rules.Lockout.ACCOUNT) {
            unknownDevices.forget(tx, user.id());
        }
    }

    /** From here on the state token is good for the session, once. */
    private Outcome arrived(
            Tx tx,
            Request request,
            HeldAccount account,
            Rules valid,
            Transaction transaction,
            Optional<String> token) {
        String text = token.orElseGet(tokens::apiToken);
        signedIn.issueInto(
                tx,
                request.org(),
                text,
                transaction.session(),
                account.user().id(),
                transaction.proofs(),
                valid.session());
        Transaction done = transaction.at(new State.Success()).moved(end(account));
        keep(tx, text, done, token.isEmpty(), account);
        return waiting(tx, request, account, valid, done, text, Optional.empty());
    }

    private void keep(
            Tx tx, String text, Transaction transaction, boolean fresh, HeldAccount account) {
        if (fresh) {
            store.insert(tx, text, transaction, account.now());
        } else {
            store.update(tx, text, transaction);
        }
    }

    /** The app's policy does not let the user in, whatever the org's says. */
    private Outcome refused(
            Tx tx, HeldAccount account, Rules valid, Event event, Optional<String> token) {
        token.ifPresent(text -> store.delete(tx, text));
        account.save();
        tx.emit(event);
        tx.emit(log.refused(account.user(), valid));
        return new Outcome.Denied();
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
        if (transaction.session().isEmpty()) {
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
        Transaction moved = next.transaction().moved(until(next.transaction(), account));
        String text = token.orElseGet(tokens::apiToken);
        keep(tx, text, moved, token.isEmpty(), account);
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
