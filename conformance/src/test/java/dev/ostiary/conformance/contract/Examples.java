package dev.ostiary.conformance.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How each bound operation is called with success. Whoever binds one adds an example to its
 * family's class, or a class to the list below; everything else that the suite asks of an operation
 * it makes out of the example.
 */
final class Examples {

    private static final List<Family> FAMILIES =
            List.of(
                    new PageExamples(),
                    new UserExamples(),
                    new GroupExamples(),
                    new LinkedObjectExamples(),
                    new UserStandingExamples(),
                    new FactorExamples(),
                    new AuthenticatorExamples(),
                    new TokenExamples(),
                    new AuthorizationServerExamples(),
                    new DiscoveryExamples(),
                    new OAuthExamples(),
                    new LogExamples(),
                    new OriginExamples(),
                    new ZoneExamples(),
                    new DomainExamples(),
                    new BrandExamples(),
                    new RateLimitExamples(),
                    new SchemaExamples(),
                    new RealmExamples(),
                    new PolicyExamples(),
                    new GroupRuleExamples(),
                    new BulkExamples(),
                    new RealmAssignmentExamples(),
                    new ProtectionExamples(),
                    new SignInExamples(),
                    new SessionExamples(),
                    new AppExamples(),
                    new AppCredentialExamples(),
                    new ClientExamples(),
                    new AppAssignmentExamples(),
                    new IdentitySourceExamples(),
                    new AppTrustExamples(),
                    new ProvisioningExamples(),
                    new PictureExamples(),
                    new SamlExamples(),
                    new HookExamples(),
                    new OrgSettingExamples(),
                    new FactorSignInExamples(),
                    new ServerExamples());

    /** The examples of operations that belong together. */
    interface Family {
        /** Says its examples. */
        void say(Examples examples);
    }

    private final Map<String, List<Function<Stock, Call>>> byOperation = new LinkedHashMap<>();
    private final Set<String> ofTheServer = new HashSet<>();
    private final Set<String> notIds = new HashSet<>();
    private final Map<String, String> notJson = new LinkedHashMap<>();
    private final Set<String> kept = new HashSet<>();
    private final Map<String, Refusal> refusals = new LinkedHashMap<>();

    /** The error that an operation answers as long as what it is about cannot come about. */
    record Refusal(int status, String code) {}

    private Examples() {}

    /** All that are known. */
    static Examples all() {
        Examples examples = new Examples();
        FAMILIES.forEach(family -> family.say(examples));
        return examples;
    }

    /**
     * One more example of an operation. It is made anew for each use, so that a call which spends
     * what it is about works every time; the first is the one that everything else is made of.
     */
    void of(String operationId, Function<Stock, Call> example) {
        byOperation.computeIfAbsent(operationId, id -> new ArrayList<>()).add(example);
    }

    /** The operation is the server's, not an org's: administrators of the default org call it. */
    void ofTheServer(String operationId, Function<Stock, Call> example) {
        ofTheServer.add(operationId);
        of(operationId, example);
    }

    /** This variable of a path is no id of an org's object. */
    void isNoId(String variable) {
        notIds.add(variable);
    }

    /** The operation answers this media type rather than JSON. */
    void answers(String operationId, String mediaType) {
        notJson.put(operationId, mediaType);
    }

    /** Browsers may keep what the operation answers with success. */
    void mayBeKept(String operationId) {
        kept.add(operationId);
    }

    /** Whether browsers may keep it. */
    boolean isKept(Operation operation) {
        return kept.contains(operation.id());
    }

    /**
     * The operation cannot succeed yet: the example gets this documented error.
     *
     * @param until what has to exist before it can succeed
     */
    void refused(
            String operationId,
            int status,
            String code,
            String until,
            Function<Stock, Call> example) {
        assertThat(until).isNotBlank();
        refusals.put(operationId, new Refusal(status, code));
        of(operationId, example);
    }

    /** The error instead of success, if the operation cannot succeed yet. */
    Optional<Refusal> refusal(Operation operation) {
        return Optional.ofNullable(refusals.get(operation.id()));
    }

    boolean isOfTheServer(Operation operation) {
        return ofTheServer.contains(operation.id());
    }

    boolean isId(String variable) {
        return !notIds.contains(variable);
    }

    String mediaType(Operation operation) {
        return notJson.getOrDefault(operation.id(), "application/json");
    }

    /** Whether an operation has an example. */
    boolean knows(Operation operation) {
        return byOperation.containsKey(operation.id());
    }

    /** The ids of all operations that have one. */
    Set<String> operations() {
        return byOperation.keySet();
    }

    /** The examples of an operation, at least one. */
    List<Function<Stock, Call>> of(Operation operation) {
        List<Function<Stock, Call>> found = byOperation.getOrDefault(operation.id(), List.of());
        assertThat(found)
                .as(
                        operation
                                + " is bound but has no example: add one to a class named …Examples beside"
                                + " dev.ostiary.conformance.contract.Examples, such as"
                                + " examples.of(\"getGroup\", stock -> Call.on(\"groupId\", stock.group()))")
                .isNotEmpty();
        return found;
    }
}
