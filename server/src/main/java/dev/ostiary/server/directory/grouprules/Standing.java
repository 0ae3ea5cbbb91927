package dev.ostiary.server.directory.grouprules;

import dev.ostiary.server.directory.memberships.RuleMade.Grant;
import dev.ostiary.server.expression.Group;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where a user stands before the rules are applied: read in one query, then worked with. */
final class Standing {

    private final Map<String, Held> memberships = new HashMap<>();
    private final List<Group> builtIn = new ArrayList<>();
    private final Set<Grant> grants = new HashSet<>();
    private final Set<String> exclusions = new HashSet<>();

    /** A membership, and whether it was made by hand. */
    record Held(Group group, boolean byHand) {}

    void member(Group group, boolean byHand) {
        memberships.put(group.id(), new Held(group, byHand));
    }

    /** Of a group whose members are nowhere stored. */
    void builtIn(Group group) {
        builtIn.add(group);
    }

    void grant(Grant grant) {
        grants.add(grant);
    }

    void excluded(String ruleId) {
        exclusions.add(ruleId);
    }

    /** Stored memberships by the group's id. */
    Map<String, Held> memberships() {
        return memberships;
    }

    List<Group> builtIn() {
        return builtIn;
    }

    /** Which rules hold what. */
    Set<Grant> grants() {
        return grants;
    }

    /** Ids of the rules that do not apply to the user. */
    Set<String> exclusions() {
        return exclusions;
    }
}
