package dev.ostiary.server.apps;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Sql;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What this room asks of assignments, which are made next door. Thread-safe. */
public interface AppAssignments {

    /** The condition on {@code a} that a user is assigned, itself or by a group. */
    Sql ofUser(String userId);

    /**
     * The condition on {@code a} that a user may use it whose id is an expression of the
     * statement's: assigned, or since everybody may.
     */
    Sql usableBy(Sql userId);

    /** The condition on {@code a} that a group is assigned. */
    Sql ofGroup(String groupId);

    /** The assignment of a user as the wire has it, if there is one. */
    Optional<Consumer<JsonGenerator>> assignment(
            Reader reader, Org org, App app, String userId, String baseUrl);

    /** Whether a user may use it: assigned itself or by a group, or since everybody may. */
    boolean isUsableBy(Reader reader, Org org, String appId, String userId);
}
