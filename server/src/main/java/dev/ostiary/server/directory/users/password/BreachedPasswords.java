package dev.ostiary.server.directory.users.password;

/**
 * The passwords that others are known to have taken from somewhere. Implementations are
 * thread-safe.
 */
@FunctionalInterface
public interface BreachedPasswords {

    /** None is known. */
    BreachedPasswords NONE = password -> false;

    /** Whether a password is among them. May read a file. */
    boolean contains(String password);
}
