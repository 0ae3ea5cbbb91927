package dev.ostiary.server.delivery;

/**
 * Whom a mail is for. The mail itself calls people by what they are called here.
 *
 * @param address mail address
 * @param firstName first name; may be empty
 * @param login the name to sign in with
 */
public record Recipient(String address, String firstName, String login) {}
