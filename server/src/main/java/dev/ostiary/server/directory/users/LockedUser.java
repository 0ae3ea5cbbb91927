package dev.ostiary.server.directory.users;

/**
 * A user whose row nobody else can change until the transaction ends.
 *
 * @param user what can be seen
 * @param secrets what cannot
 */
record LockedUser(User user, Secrets secrets) {}
