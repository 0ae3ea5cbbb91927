package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.ostiary.conformance.contract.Asker.Asking;
import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Asks every bound operation in every way that all of them have in common. An operation is here
 * because the contract's tables have it and it is bound; whoever binds one owes it an example.
 */
@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Every bound operation")
class EveryOperationTest {

    private final Contract contract;
    private final Examples examples = Examples.all();
    private final OwnSchemas own;
    private final AnswerRules rules;
    private final List<Aspect> aspects = new ArrayList<>();
    private final Asking inOrg;
    private final Asking inDefaultOrg;
    private final Server server;

    EveryOperationTest(Server server, Org org) {
        Org other = server.newOrg();
        Optional<PublishedSchemas> schemas = PublishedSchemas.find(server.launcher().home());
        if (schemas.isEmpty()) {
            System.out.println(
                    "[contract] answers are not compared with the published schemas: they are not"
                            + " in ../shared/reference (or $OSTIARY_REFERENCE)");
        }
        this.server = server;
        this.contract = Contract.read(server.launcher().home());
        this.own = OwnSchemas.of(org.nobody());
        this.rules = new AnswerRules(examples, own, schemas);
        Stock here = new Stock(org);
        Stock inDefault = new Stock(server.defaultOrg());
        this.inOrg = new Asking(here, Tokens.of(here, other));
        this.inDefaultOrg = new Asking(inDefault, Tokens.of(inDefault, other));
        aspects.addAll(AnswerAspects.all());
        aspects.addAll(CredentialAspects.all());
        aspects.addAll(new BearerAspects(AccessTokens.of(server, org, other, scopes())).all());
        aspects.addAll(new IdAspects(new Stock(other)).all());
        aspects.addAll(new RequestAspects(contract).all());
        aspects.addAll(OAuthErrorAspects.read(server.launcher().home()).all());
    }

    /** Every scope that an operation of an org asks for. */
    private Set<String> scopes() {
        return contract.bound().stream()
                .filter(each -> each.access() == Operation.Access.API_TOKEN)
                .flatMap(each -> each.scopes().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @AfterAll
    void say() {
        System.out.println(
                "[contract] " + contract.bound().size() + " operations, " + rules.counts());
        List<String> refused =
                contract.bound().stream()
                        .filter(each -> examples.refusal(each).isPresent())
                        .map(Operation::id)
                        .toList();
        assertThat(own.unproven())
                .filteredOn(answer -> !refused.contains(answer.split(" ")[0]))
                .as("P4 descriptions of success that no example's answer was held against")
                .isEmpty();
    }

    @TestFactory
    @DisplayName("every bound operation")
    Stream<DynamicNode> everyOperation() {
        return contract.bound().stream()
                .map(operation -> dynamicContainer(operation.toString(), tests(asker(operation))));
    }

    private Asker asker(Operation operation) {
        Asking asking = examples.isOfTheServer(operation) ? inDefaultOrg : inOrg;
        return new Asker(operation, examples, asking, rules, server.trust().context());
    }

    private Stream<DynamicNode> tests(Asker asker) {
        Stream<DynamicNode> known =
                Stream.of(
                        dynamicTest(
                                "P10 the contract says what it answers, and there is an example",
                                () -> {
                                    assertThat(asker.operation().statuses())
                                            .as(
                                                    "%s: add its statuses to contract/answers.tsv",
                                                    asker.operation())
                                            .isNotEmpty();
                                    assertThat(asker.allExamples()).isNotEmpty();
                                }));
        boolean complete = examples.knows(asker.operation());
        Stream<DynamicNode> rest =
                aspects.stream()
                        .filter(aspect -> complete && aspect.concerns().test(asker))
                        .map(
                                aspect ->
                                        dynamicTest(
                                                aspect.name(), () -> aspect.test().accept(asker)));
        return Stream.concat(known, rest);
    }

    @Test
    @DisplayName("P4 the contract knows every operation that has an example")
    void examplesAreBound() {
        assertThat(contract.bound()).extracting(Operation::id).containsAll(examples.operations());
    }

    @Test
    @DisplayName("P12 P17 what is not bound says so loudly: 501 E0000060")
    void unbound() {
        Org org = inOrg.stock().org();
        for (Operation operation : contract.unbound()) {
            Answer answer =
                    org.http().send(operation.method(), operation.pathWith(Asker.UNKNOWN), null);
            assertThat(answer.status()).as("%s: %s", operation, answer).isEqualTo(501);
            assertThat(answer.errorCode()).isEqualTo("E0000060");
            List<String> broken = new ArrayList<>();
            AnswerRules.headers(answer, "application/json", broken);
            AnswerRules.error(answer, broken);
            assertThat(broken).as(answer.toString()).isEmpty();
        }
    }

    @Test
    @DisplayName("P12 P17 a path that is nobody's: 404 with the error object")
    void noSuchPath() {
        Answer answer = inOrg.stock().http().get("/api/v1/no-such-path").expect(404);
        List<String> broken = new ArrayList<>();
        AnswerRules.headers(answer, "application/json", broken);
        AnswerRules.error(answer, broken);
        assertThat(broken).isEmpty();
    }
}
