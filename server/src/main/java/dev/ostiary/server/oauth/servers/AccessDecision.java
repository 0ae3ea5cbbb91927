package dev.ostiary.server.oauth.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the access policies of a server say to a request for tokens: the first rule of the first
 * policy that fits all of it decides, in the order of their priorities. Immutable.
 */
public sealed interface AccessDecision {

    /** Tokens are issued, and live so long. */
    record Allowed(Lifetimes lifetimes) implements AccessDecision {}

    /** No rule is about such a request. */
    record NoMatch() implements AccessDecision {}

    /** There are rules about it, and none of them lets these scopes through. */
    record Denied(List<String> scopes) implements AccessDecision {}

    /**
     * A request for tokens.
     *
     * @param person who they are for; none for a client that acts for itself
     */
    record Asked(String clientId, String grantType, List<String> scopes, Optional<Person> person) {}

    /** Who tokens are for. */
    record Person(String userId, Set<String> groupIds) {}

    /** Scopes that no rule has to name. */
    Set<String> OPENID = Set.of("openid", "profile", "email", "address", "phone", "offline_access");

    /** The decision. */
    static AccessDecision of(AuthorizationServer server, Asked asked) {
        Optional<List<String>> fewestDenied = Optional.empty();
        for (AccessPolicy policy : server.policies()) {
            if (!policy.active() || !isAbout(policy, asked.clientId())) {
                continue;
            }
            for (AccessRule rule : policy.rules()) {
                if (!rule.active() || !isAbout(rule.terms(), asked)) {
                    continue;
                }
                List<String> denied = denied(rule.terms(), asked.scopes());
                if (denied.isEmpty()) {
                    return new Allowed(rule.terms().lifetimes());
                }
                if (fewestDenied.isEmpty() || denied.size() < fewestDenied.get().size()) {
                    fewestDenied = Optional.of(denied);
                }
            }
        }
        return fewestDenied.<AccessDecision>map(Denied::new).orElseGet(NoMatch::new);
    }

    private static boolean isAbout(AccessPolicy policy, String clientId) {
        List<String> clients = policy.terms().clients();
        return clients.contains(AccessPolicy.ALL_CLIENTS) || clients.contains(clientId);
    }

    private static boolean isAbout(RuleTerms terms, Asked asked) {
        return terms.grantTypes().contains(asked.grantType())
                && asked.person().map(person -> includes(terms, person)).orElse(true);
    }

    /** Who is named is in, unless named as out; an exclusion stands over an inclusion. */
    private static boolean includes(RuleTerms terms, Person person) {
        if (terms.users().exclude().contains(person.userId())
                || terms.groups().exclude().stream().anyMatch(person.groupIds()::contains)) {
            return false;
        }
        return terms.users().include().contains(person.userId())
                || terms.groups().include().contains(RuleTerms.EVERYONE)
                || terms.groups().include().stream().anyMatch(person.groupIds()::contains);
    }

    /** Those of OpenID Connect come with every rule (OpenID Connect API, "Subtle behavior"). */
    private static List<String> denied(RuleTerms terms, List<String> scopes) {
        if (terms.scopes().contains(RuleTerms.ANY_SCOPE)) {
            return List.of();
        }
        List<String> denied = new ArrayList<>(scopes);
        denied.removeAll(terms.scopes());
        denied.removeAll(OPENID);
        return denied;
    }
}
