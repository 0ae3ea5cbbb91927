package dev.ostiary.server.directory.grouprules;

import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.Value;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A user as the conditions of rules see one, with the groups of the pass so far. */
final class RuleFacts implements Facts {

    private final User user;
    private final Value value;
    private final Map<String, Group> groups;

    /**
     * @param groups by id; the pass adds to them
     */
    RuleFacts(User user, Map<String, Group> groups) {
        this.user = user;
        this.value = Facts.user(user.profile().document(), Map.of());
        this.groups = groups;
    }

    @Override
    public Value variable(String name) {
        return value;
    }

    @Override
    public List<Group> groups() {
        return List.copyOf(groups.values());
    }

    @Override
    public Value internalProperty(String name) {
        return new Value.Text(name.equals("id") ? user.id() : user.status().name());
    }

    /** No condition of a rule asks for it: what time it is decides nothing. */
    @Override
    public Instant now() {
        return Instant.EPOCH;
    }
}
