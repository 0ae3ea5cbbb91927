package dev.ostiary.server.directory.users;

/**
 * A user as sign-in sees one: with secrets that can be held against what somebody claims, and that
 * nobody outside can read. Immutable.
 */
public final class Account {

    private final User user;
    private final Secrets secrets;

    Account(User user, Secrets secrets) {
        this.user = user;
        this.secrets = secrets;
    }

    /** The user. */
    public User user() {
        return user;
    }

    Secrets secrets() {
        return secrets;
    }

    /** Says nothing of the secrets. */
    @Override
    public String toString() {
        return "Account[" + user.id() + "]";
    }
}
