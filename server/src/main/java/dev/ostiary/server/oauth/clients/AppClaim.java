package dev.ostiary.server.oauth.clients;

/**
 * Something that an app's ID tokens say beside what scopes and servers bring (Apps API, federated
 * claims).
 *
 * @param expression what it says, which nobody has judged
 */
public record AppClaim(String name, String expression) {}
