package dev.ostiary.server.directory.users;

/**
 * A user with what it proves itself by. Where the row was locked for it, nobody else can change it
 * until the transaction ends.
 *
 * @param user what can be seen
 * @param secrets what cannot
 */
record LockedUser(User user, Secrets secrets) {}
