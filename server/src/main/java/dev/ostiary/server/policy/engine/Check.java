package dev.ostiary.server.policy.engine;

/**
 * One part of a condition, compared with a situation.
 *
 * @param type the path of the part within the conditions, such as {@code people.groups.include}
 */
public record Check(String type, Verdict verdict) {}
