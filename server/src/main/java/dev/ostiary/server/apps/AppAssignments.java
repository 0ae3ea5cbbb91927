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
     * A subselect of what the app of a row {@code k} ({@code org_id}, {@code app_id}, {@code
     * user_id}) is to the row's user, who is not deactivated and whose groups are {@code g.ids}:
     * the {@code user_name} that somebody has given the user there, and whether it is {@code
     * usable}. No row where there is no such app.
     */
    Sql toUserInGroups();

    /** The condition on {@code a} that a group is assigned. */
    Sql ofGroup(String groupId);

    /** The assignment of a user as the wire has it, if there is one. */
    Optional<Consumer<JsonGenerator>> assignment(
            Reader reader, Org org, App app, String userId, String baseUrl);

    /** Whether a user may use it: assigned itself or by a group, or since everybody may. */
    boolean isUsableBy(Reader reader, Org org, String appId, String userId);
}
