package dev.ostiary.server.directory.users;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.Outbox;
import dev.ostiary.server.directory.users.CredentialsBody.QuestionBody;
import dev.ostiary.server.directory.users.password.PasswordPolicy;
import java.util.Optional;

/**
 * Where sign-in meets users: it finds accounts, holds what somebody claims against their secrets,
 * and notes how it went. Thread-safe.
 *
 * <p>Proofs are slow (a twentieth of a second) and take as long for nobody as for somebody, so that
 * the time of an answer does not tell which logins exist. They are made outside of any transaction;
 * {@link #hold} then tells whether they still count.
 */
public final class Accounts {

    private static final int LONGEST_NAME = 200;

    private final UserParts parts;
    private final UserWrites writes;
    private final PasswordProof proof;
    private final UserStore store = new UserStore();

    /** The accounts of a database. */
    public Accounts(Database database, OrgClock clock, UserParts parts) {
        this.parts = parts;
        this.writes = new UserWrites(database, clock, parts);
        this.proof = new PasswordProof(parts.hasher());
    }

    /** The account that a user name means: a login, or what only one login has before its @. */
    public Optional<Account> find(Reader reader, String userName) {
        if (userName.isBlank() || userName.length() > LONGEST_NAME) {
            return Optional.empty();
        }
        Optional<LockedUser> user = store.seenByLogin(reader, userName);
        if (user.isEmpty() && userName.indexOf('@') < 0) {
            user = store.seenByShortLogin(reader, userName);
        }
        return user.map(Accounts::account);
    }

    /** The account of a user. */
    public Optional<Account> byId(Reader reader, String userId) {
        return store.seen(reader, userId).map(Accounts::account);
    }

    private static Account account(LockedUser found) {
        return new Account(found.user(), found.secrets());
    }

    /** One spelling of a user name, for those who count by it. */
    public static String spelling(String userName) {
        return LoginKey.of(userName).text();
    }

    /** Whether this is the account's password. Slow, and as slow where there is no account. */
    public boolean isPassword(Optional<Account> account, String candidate) {
        return proof.isPassword(candidate, secrets(account));
    }

    /** Whether this answers the account's recovery question. Slow, as {@link #isPassword} is. */
    public boolean isAnswer(Optional<Account> account, String candidate) {
        return proof.isAnswer(candidate, secrets(account));
    }

    private static Secrets secrets(Optional<Account> account) {
        return account.map(Account::secrets).orElse(Secrets.NONE);
    }

    /** A better hash of a password that has just been proven, where the present one is old. */
    public Optional<String> betterHash(Account account, String proven) {
        return proof.betterHash(proven, account.secrets());
    }

    /** What the account's passwords have to be like, and what becomes of wrong ones. */
    public PasswordPolicy policy(Org org, Account account) {
        return parts.credentialRules().of(org, account.user().id()).policy();
    }

    /**
     * A recovery question for the account, judged, its answer hashed. Slow.
     *
     * @throws ApiException {@code E0000001} with the causes, if it will not do
     */
    public NewQuestion ask(Org org, Account account, String question, String answer) {
        Reading reading = new Reading();
        NewCredentials judged =
                NewCredentials.question(
                        new QuestionBody(question, answer), policy(org, account), reading);
        reading.finish();
        return new NewQuestion(judged, judged.hashed(parts.hasher()));
    }

    /** Whether others have a password, as far as the operator knows. May read a file. */
    public boolean isBreached(String password) {
        return parts.credentialRules().breached().contains(password);
    }

    /**
     * A password for the account, judged and hashed. Slow.
     *
     * @throws ApiException {@code E0000014} with the causes, if it will not do
     */
    public NewPassword choose(Org org, Account account, String wanted) {
        return switch (ChosenPassword.of(org, wanted, account.user(), account.secrets(), parts)) {
            case Verdict.Granted<ChosenPassword>(ChosenPassword chosen) -> new NewPassword(chosen);
            case Verdict.Refused<ChosenPassword> refused -> throw refused.answer();
        };
    }

    /**
     * The account, kept from other writers until the transaction ends; empty if it is gone, or has
     * another password or answer than when it was seen: then whatever was proven means nothing, and
     * is to be proven again.
     */
    public Optional<HeldAccount> hold(Tx tx, Request request, Account seen) {
        return writes.begin(tx, request, seen.user().id())
                .filter(change -> change.secrets().provesAsMuchAs(seen.secrets()))
                .map(change -> new HeldAccount(parts, change));
    }

    /**
     * What {@link #hold} and the count of one more failed attempt cost, for nobody: as many round
     * trips, so that the time of an answer tells nothing.
     */
    public void holdNobody(Tx tx, Request request) {
        writes.begin(tx, request, UserStore.NOBODY);
        UserStore.noteNobody(tx);
    }

    /** The events of users. */
    public UserEvents events() {
        return parts.events();
    }

    /** Recovery links and tokens of users. */
    public RecoveryTokens recoveryTokens() {
        return new RecoveryTokens(parts);
    }

    /** Where mail to users goes. */
    public Outbox outbox() {
        return parts.outbox();
    }
}
