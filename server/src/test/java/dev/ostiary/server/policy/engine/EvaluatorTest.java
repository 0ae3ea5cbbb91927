package dev.ostiary.server.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

@DisplayName("Policy evaluation")
class EvaluatorTest {

    private static final Person ANN = Person.of("ann", Set.of("everyone", "staff"));

    @Test
    @DisplayName("the first policy that applies decides, by the first of its rules that applies")
    void first() {
        Candidate sales = policy("sales", groups("sales"), rule("s1", ""));
        Candidate staff =
                policy(
                        "staff",
                        groups("staff"),
                        rule("not ann", excluding("ann")),
                        rule("the rest", ""),
                        rule("never", ""));
        Candidate all = policy("all", "", rule("default", ""));

        PolicyDecision decision = Evaluator.decide(List.of(sales, staff, all), Situation.of(ANN));

        assertThat(applied(decision)).isEqualTo("staff: the rest");
        assertThat(decision.considered())
                .extracting(considered -> considered.policy().name(), Considered::verdict)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("sales", Verdict.NOT_MATCH),
                        org.assertj.core.groups.Tuple.tuple("staff", Verdict.MATCH));
        assertThat(decision.considered().getLast().rules())
                .extracting(rule -> rule.rule().name(), Considered.Rule::verdict)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("not ann", Verdict.NOT_MATCH),
                        org.assertj.core.groups.Tuple.tuple("the rest", Verdict.MATCH));
    }

    @Test
    @DisplayName("a policy without rules is not considered; one whose rules all miss gives way")
    void givesWay() {
        Candidate empty = policy("empty", "");
        Candidate missing = policy("missing", "", rule("elsewhere", zone("z1")));
        Candidate last = policy("last", "", rule("default", ""));
        Situation outside = Situation.of(ANN).at(new Whereabouts.Named(Set.of("z2")));

        PolicyDecision decision = Evaluator.decide(List.of(empty, missing, last), outside);

        assertThat(applied(decision)).isEqualTo("last: default");
        assertThat(decision.considered())
                .extracting(considered -> considered.policy().name())
                .containsExactly("missing", "last");
        assertThat(applied(Evaluator.decide(List.of(missing), outside))).isEmpty();
    }

    @Test
    @DisplayName("a condition on what nobody knows is neither met nor missed, and does not apply")
    void unknown() {
        Candidate zoned = policy("zoned", "", rule("inside", zone("z1")));
        Candidate last = policy("last", "", rule("default", ""));

        PolicyDecision decision = Evaluator.decide(List.of(zoned, last), Situation.of(ANN));

        assertThat(applied(decision)).isEqualTo("last: default");
        assertThat(decision.considered().getFirst().undefined()).isPresent();
        assertThat(decision.considered().getFirst().rules().getFirst().checks())
                .containsExactly(new Check("network.include", Verdict.UNDEFINED));
    }

    @Test
    @DisplayName("each condition: met, missed, and not known")
    void conditions() {
        Situation known =
                Situation.of(ANN.with("oty1", Json.object("{\"title\":\"Dr\"}")))
                        .at(new Whereabouts.Named(Set.of("z1")))
                        .by(Situation.Entry.RADIUS)
                        .at(Situation.Level.MEDIUM)
                        .noticing(Set.of("b1"))
                        .on(
                                new Situation.Device(
                                        true, Optional.of(false), Optional.of(Set.of("dae1"))))
                        .on(new Situation.Platform("MOBILE", "IOS"))
                        .provenBy("0oa1")
                        .to(new Situation.App("0oa9", "bookmark"))
                        .calledItself("Ann@Example.com")
                        .endangered(Situation.Level.HIGH, "BRUTE_FORCE_ATTACK")
                        .judging(text -> Optional.of(text.equals("true")));
        record Case(String met, String missed) {}
        List<Case> cases =
                List.of(
                        new Case(zone("z1"), zone("z2")),
                        new Case(zone("ALL_ZONES"), notZone("ALL_ZONES")),
                        new Case(notZone("z2"), notZone("z1")),
                        new Case(authType("RADIUS"), authType("LDAP_INTERFACE")),
                        new Case(
                                "{\"riskScore\":{\"level\":\"MEDIUM\"}}",
                                "{\"riskScore\":{\"level\":\"HIGH\"}}"),
                        new Case(
                                "{\"riskScore\":{\"minRiskLevel\":\"LOW\"}}",
                                "{\"riskScore\":{\"minRiskLevel\":\"HIGH\"}}"),
                        new Case(
                                "{\"risk\":{\"behaviors\":[\"b0\",\"b1\"]}}",
                                "{\"risk\":{\"behaviors\":[\"b0\"]}}"),
                        new Case(
                                "{\"device\":{\"registered\":true,\"managed\":false}}",
                                "{\"device\":{\"registered\":true,\"managed\":true}}"),
                        new Case(
                                "{\"device\":{\"assurance\":{\"include\":[\"dae1\"]}}}",
                                "{\"device\":{\"assurance\":{\"include\":[\"dae2\"]}}}"),
                        new Case(
                                "{\"platform\":{\"include\":[{\"type\":\"MOBILE\",\"os\":{\"type\":\"ANY\"}}]}}",
                                "{\"platform\":{\"include\":[{\"type\":\"MOBILE\",\"os\":{\"type\":\"ANDROID\"}}]}}"),
                        new Case(
                                "{\"platform\":{\"exclude\":[{\"type\":\"DESKTOP\"}]}}",
                                "{\"platform\":{\"exclude\":[{\"type\":\"ANY\",\"os\":{\"type\":\"IOS\"}}]}}"),
                        new Case(
                                "{\"identityProvider\":{\"provider\":\"SPECIFIC_IDP\",\"idpIds\":[\"0oa1\"]}}",
                                "{\"identityProvider\":{\"provider\":\"OKTA\"}}"),
                        new Case(
                                "{\"app\":{\"include\":[{\"type\":\"APP\",\"id\":\"0oa9\"}]}}",
                                "{\"app\":{\"exclude\":[{\"type\":\"APP_TYPE\",\"name\":\"bookmark\"}]}}"),
                        new Case(
                                identifier("IDENTIFIER", "SUFFIX", "@example.com"),
                                identifier("IDENTIFIER", "EQUALS", "ann")),
                        new Case(
                                identifier("IDENTIFIER", "EXPRESSION", "Ann@.*"),
                                identifier("IDENTIFIER", "EXPRESSION", "Bob@.*")),
                        new Case(
                                identifier("ATTRIBUTE", "STARTS_WITH", "d"),
                                identifier("ATTRIBUTE", "CONTAINS", "x")),
                        new Case(
                                "{\"userType\":{\"include\":[\"oty1\"]}}",
                                "{\"userType\":{\"exclude\":[\"oty1\"]}}"),
                        new Case(
                                "{\"entityRisk\":{\"level\":\"HIGH\"}}",
                                "{\"entityRisk\":{\"level\":\"LOW\"}}"),
                        new Case(
                                "{\"riskDetectionTypes\":{\"include\":[\"BRUTE_FORCE_ATTACK\"]}}",
                                "{\"riskDetectionTypes\":{\"exclude\":[\"BRUTE_FORCE_ATTACK\"]}}"),
                        new Case(
                                "{\"elCondition\":{\"condition\":\"true\"}}",
                                "{\"elCondition\":{\"condition\":\"false\"}}"));
        for (Case each : cases) {
            assertThat(verdict(each.met(), known)).as(each.met()).isEqualTo(Verdict.MATCH);
            assertThat(verdict(each.missed(), known))
                    .as(each.missed())
                    .isEqualTo(Verdict.NOT_MATCH);
            assertThat(verdict(each.met(), Situation.of(ANN)))
                    .as("%s of nothing known", each.met())
                    .isEqualTo(Verdict.UNDEFINED);
        }
    }

    @Test
    @DisplayName("people: users or groups are included, and whoever is excluded is out")
    void people() {
        Situation ann = Situation.of(ANN);
        assertThat(verdict(groups("staff"), ann)).isEqualTo(Verdict.MATCH);
        assertThat(verdict(groups("sales"), ann)).isEqualTo(Verdict.NOT_MATCH);
        assertThat(verdict(excluding("ann"), ann)).isEqualTo(Verdict.NOT_MATCH);
        assertThat(verdict(excluding("bob"), ann)).isEqualTo(Verdict.MATCH);
        String either =
                "{\"people\":{\"users\":{\"include\":[\"ann\"]},\"groups\":{\"include\":[\"sales\"]}}}";
        assertThat(verdict(either, ann)).isEqualTo(Verdict.MATCH);
        String but =
                "{\"people\":{\"groups\":{\"include\":[\"everyone\"],\"exclude\":[\"staff\"]}}}";
        assertThat(verdict(but, ann)).isEqualTo(Verdict.NOT_MATCH);
        assertThat(
                        verdict(
                                "{\"people\":{\"users\":{\"include\":[\"ann\"]}}}",
                                Situation.of(Person.in(Set.of("staff")))))
                .isEqualTo(Verdict.UNDEFINED);
    }

    @Test
    @DisplayName("what asks for nothing is no condition")
    void nothing() {
        String silent =
                """
                {"people":{"users":{"exclude":[]}},"network":{"connection":"ANYWHERE"},
                 "authContext":{"authType":"ANY"},"risk":{"behaviors":[]},
                 "riskScore":{"level":"ANY"},"identityProvider":{"provider":"ANY"},
                 "platform":{"include":[],"exclude":[]},"userIdentifier":{"patterns":[]},
                 "app":{"include":[],"exclude":[]},"userType":{"include":[],"exclude":[]},
                 "elCondition":{}}""";

        assertThat(Conditions.of(Json.object(silent), Optional.empty())).isEmpty();
    }

    @Test
    @DisplayName(
            "whatever the policies: the one that decides is the first that could, by a search of its own")
    void agrees() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<Candidate> candidates = new ArrayList<>();
            for (int i = random.nextInt(5); i >= 0; i--) {
                Candidate.Rule[] rules = new Candidate.Rule[random.nextInt(4)];
                for (int r = 0; r < rules.length; r++) {
                    rules[r] = rule("r" + r, any(random));
                }
                candidates.add(policy("p" + i, any(random), rules));
            }
            Situation situation =
                    random.nextBoolean()
                            ? Situation.of(ANN)
                            : Situation.of(ANN).at(new Whereabouts.Named(Set.of("z1")));

            String expected = "";
            for (Candidate candidate : candidates) {
                for (Candidate.Rule rule : candidate.rules()) {
                    if (expected.isEmpty()
                            && holds(candidate.conditions(), situation)
                            && holds(rule.conditions(), situation)) {
                        expected = candidate.policy().name() + ": " + rule.rule().name();
                    }
                }
            }
            assertThat(applied(Evaluator.decide(candidates, situation))).isEqualTo(expected);
        }
    }

    private static boolean holds(List<Condition> conditions, Situation situation) {
        return conditions.stream()
                .flatMap(condition -> condition.check(situation).stream())
                .allMatch(check -> check.verdict() == Verdict.MATCH);
    }

    private static String any(Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> groups("staff");
            case 1 -> groups("sales");
            case 2 -> zone("z1");
            case 3 -> notZone("z1");
            case 4 -> excluding("ann");
            default -> "";
        };
    }

    private static Verdict verdict(String conditions, Situation situation) {
        List<Condition> read = Conditions.of(Json.object(conditions), Optional.empty());
        assertThat(read).as(conditions).isNotEmpty();
        return Verdict.all(
                read.stream()
                        .flatMap(condition -> condition.check(situation).stream())
                        .map(Check::verdict)
                        .toList());
    }

    private static String applied(PolicyDecision decision) {
        return switch (decision) {
            case PolicyDecision.Applied applied ->
                    applied.policy().name() + ": " + applied.rule().name();
            case PolicyDecision.NoneApplies none -> "";
        };
    }

    private static Candidate policy(String name, String conditions, Candidate.Rule... rules) {
        return new Candidate(
                new Candidate.Ref("00p" + name, name),
                read(conditions),
                Optional.empty(),
                List.of(rules));
    }

    private static Candidate.Rule rule(String name, String conditions) {
        ObjectNode actions = Json.object().put("of", name);
        return new Candidate.Rule(new Candidate.Ref("0pr" + name, name), read(conditions), actions);
    }

    private static List<Condition> read(String conditions) {
        return conditions.isEmpty()
                ? List.of()
                : Conditions.of(Json.object(conditions), Optional.empty());
    }

    private static String groups(String id) {
        return "{\"people\":{\"groups\":{\"include\":[\"" + id + "\"]}}}";
    }

    private static String excluding(String id) {
        return "{\"people\":{\"users\":{\"exclude\":[\"" + id + "\"]}}}";
    }

    private static String zone(String id) {
        return "{\"network\":{\"connection\":\"ZONE\",\"include\":[\"" + id + "\"]}}";
    }

    private static String notZone(String id) {
        return "{\"network\":{\"connection\":\"ZONE\",\"exclude\":[\"" + id + "\"]}}";
    }

    private static String authType(String type) {
        return "{\"authContext\":{\"authType\":\"" + type + "\"}}";
    }

    private static String identifier(String type, String match, String value) {
        return "{\"userIdentifier\":{\"type\":\"%s\",\"attribute\":\"title\",\"patterns\":[{\"matchType\":\"%s\",\"value\":\"%s\"}]}}"
                .formatted(type, match, value);
    }
}
