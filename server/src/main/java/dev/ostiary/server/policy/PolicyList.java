package dev.ostiary.server.policy;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lists the policies of a type, by priority or by name. A page follows the policy that the cursor
 * names; one that has gone meanwhile makes it an invalid cursor. Thread-safe.
 */
final class PolicyList {

    private static final Limits LIMITS = Limits.clamping(200, 200);

    /** More rules are not embedded (Policy API, "Get a Policy with Rules"). */
    private static final int MOST_EMBEDDED = 20;

    private final Database database;
    private final PolicyStore store;
    private final PolicySet policies;

    PolicyList(Database database, PolicyStore store, PolicySet policies) {
        this.database = database;
        this.store = store;
        this.policies = policies;
    }

    private record Listed(
            Page<Policy> page, Map<String, List<PolicyRule>> rules, Optional<String> everyone) {}

    Reply list(Request request) {
        PolicyType type = type(request);
        PageRequest wanted = PageRequest.forward(request.parameters(), LIMITS);
        Listed listed =
                database.read(
                        request.org().number(), reader -> list(reader, request, type, wanted));
        PolicyJson json = new PolicyJson(request.baseUrl(), listed.everyone());
        return Reply.list(
                        listed.page().items(),
                        (policy, out) ->
                                json.write(
                                        out,
                                        policy,
                                        Optional.ofNullable(listed.rules().get(policy.id()))))
                .with(request.links(listed.page(), wanted.limit(), LinkPolicy.SELF));
    }

    private static PolicyType type(Request request) {
        String named =
                request.query()
                        .text("type")
                        .orElseThrow(
                                () ->
                                        ApiException.validation(
                                                "type", "type: The field cannot be left blank"));
        return PolicyType.named(named)
                .orElseThrow(
                        () -> ApiException.validation("type", "type: must be a type of policies"));
    }

    private Listed list(Reader reader, Request request, PolicyType type, PageRequest wanted) {
        Org org = request.org();
        List<Policy> all =
                policies.policies(reader, org, type).stream()
                        .filter(policy -> isWanted(policy, request))
                        .sorted(order(request))
                        .toList();
        Page<Policy> page = page(all, wanted);
        Map<String, List<PolicyRule>> rules = new HashMap<>();
        if (expandsRules(request)) {
            List<PolicyRule> stored =
                    store.rules(reader, page.items().stream().map(Policy::id).toList());
            page.items()
                    .forEach(
                            policy ->
                                    rules.put(
                                            policy.id(),
                                            few(PolicySet.merged(stored, org, policy))));
        }
        return new Listed(page, rules, everyone(reader, page.items()));
    }

    /** The group that everybody is in, if any of the policies can name groups. */
    Optional<String> everyone(Reader reader, List<Policy> shown) {
        return shown.stream().anyMatch(policy -> policy.conditions().isPresent())
                ? store.everyone(reader)
                : Optional.empty();
    }

    private static boolean isWanted(Policy policy, Request request) {
        Optional<String> status = request.query().text("status");
        if (status.isPresent() && !status.get().equals(policy.active() ? "ACTIVE" : "INACTIVE")) {
            return false;
        }
        return request.query()
                .text("q")
                .map(CaseFold::fold)
                .filter(beginning -> !CaseFold.fold(policy.name()).startsWith(beginning))
                .isEmpty();
    }

    /** The list comes by priority, and stays so unless names are asked for. */
    private static Comparator<Policy> order(Request request) {
        return request.query().text("sortBy").filter("name"::equals).isPresent()
                ? Comparator.comparing(Policy::name).thenComparing(Policy::id)
                : Comparator.comparing(Policy::priority);
    }

    private static Page<Policy> page(List<Policy> all, PageRequest wanted) {
        int from =
                wanted.after()
                        .map(
                                after -> {
                                    int place =
                                            all.stream().map(Policy::id).toList().indexOf(after);
                                    if (place < 0) {
                                        throw ApiException.of("E0000029")
                                                .because("Invalid cursor.");
                                    }
                                    return place + 1;
                                })
                        .orElse(0);
        int to = Math.min(from + wanted.limit(), all.size());
        List<Policy> items = all.subList(from, to);
        return new Page<>(
                items, to < all.size() ? Optional.of(items.getLast().id()) : Optional.empty());
    }

    /** Whether the rules are to be embedded. */
    static boolean expandsRules(Request request) {
        return request.query().text("expand").filter("rules"::equals).isPresent();
    }

    /**
     * The rules of a policy, if they can be embedded.
     *
     * @throws ApiException {@code E0000001} if there are more than 20
     */
    static List<PolicyRule> few(List<PolicyRule> rules) {
        if (rules.size() > MOST_EMBEDDED) {
            throw ApiException.validation(
                    "expand", "expand: A policy with more than 20 rules cannot be expanded");
        }
        return rules;
    }
}
