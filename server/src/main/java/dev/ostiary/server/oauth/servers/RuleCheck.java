package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Tx;
import java.util.ArrayList;
import java.util.List;

/** Which rules a policy takes. Thread-safe. */
final class RuleCheck {

    private final AuthorizationServerStore store;

    RuleCheck(AuthorizationServerStore store) {
        this.store = store;
    }

    /**
     * Refuses a rule that a policy cannot have.
     *
     * @throws ApiException {@code E0000001} with every cause
     */
    void require(Tx tx, AuthorizationServer server, AccessPolicy policy, AccessRule rule) {
        RuleTerms terms = rule.terms();
        if (policy.rules().stream()
                .anyMatch(
                        other ->
                                other.terms().name().equals(terms.name())
                                        && !other.id().equals(rule.id()))) {
            throw ServerChanges.nameTaken();
        }
        List<String> causes = new ArrayList<>();
        scopes(server, terms, causes);
        people(tx, terms, causes);
        if (!causes.isEmpty()) {
            throw ApiException.validation("conditions", causes);
        }
    }

    private static void scopes(AuthorizationServer server, RuleTerms terms, List<String> causes) {
        for (String scope : terms.scopes()) {
            if (!scope.equals(RuleTerms.ANY_SCOPE) && server.scopeNamed(scope).isEmpty()) {
                causes.add("conditions.scopes: The scope '" + scope + "' does not exist");
            }
        }
    }

    private void people(Tx tx, RuleTerms terms, List<String> causes) {
        List<String> groups = new ArrayList<>(terms.groups().include());
        groups.addAll(terms.groups().exclude());
        groups.removeIf(RuleTerms.EVERYONE::equals);
        missing(groups, store.groups(tx, groups), "groups", causes);
        List<String> users = new ArrayList<>(terms.users().include());
        users.addAll(terms.users().exclude());
        missing(users, store.users(tx, users), "users", causes);
    }

    private static void missing(
            List<String> named, List<String> found, String what, List<String> causes) {
        named.stream()
                .filter(id -> !found.contains(id))
                .forEach(
                        id -> causes.add("conditions.people." + what + ": '" + id + "' not found"));
    }
}
