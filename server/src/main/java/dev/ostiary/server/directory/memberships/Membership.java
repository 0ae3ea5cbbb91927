package dev.ostiary.server.directory.memberships;

/** That a user is in a group: the public ids of both. */
public record Membership(String groupId, String userId) {}
