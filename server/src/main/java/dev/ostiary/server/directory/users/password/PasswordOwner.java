package dev.ostiary.server.directory.users.password;

import org.jspecify.annotations.Nullable;

/**
 * The words of a user that a password may have to do without.
 *
 * @param login the login
 * @param firstName the first name, if there is one
 * @param lastName the last name, if there is one
 */
public record PasswordOwner(String login, @Nullable String firstName, @Nullable String lastName) {}
