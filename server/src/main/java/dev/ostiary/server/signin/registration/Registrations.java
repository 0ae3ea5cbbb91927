package dev.ostiary.server.signin.registration;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.schemas.OrgSchemas;
import dev.ostiary.server.directory.schemas.ProfileAttribute;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.policy.PolicyDecisions;
import dev.ostiary.server.policy.RegistrationDecision;
import dev.ostiary.server.policy.kind.PolicyType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who may register on the way to where, and what becomes of a registration (concept "Self-service
 * registration"). An org whose policies of that type nobody has touched lets nobody, and is asked
 * nothing. Asks the database: not to be called in a transaction. Thread-safe.
 */
public final class Registrations {

    private final Database database;
    private final PolicyDecisions policies;
    private final OrgSchemas schemas;
    private final PolicyOnTheWay apps;
    private final RegistrationHook hook;
    private final UserDirectory users = new UserDirectory();

    /** Which policy decides about people who come to an address. */
    @FunctionalInterface
    public interface PolicyOnTheWay {
        /**
         * The id of the policy that the app there was given.
         *
         * @param address of the own host
         * @return nothing where no app is there, or none was given to it
         */
        Optional<String> find(Request request, String address);
    }

    public Registrations(
            Database database,
            PolicyDecisions policies,
            OrgSchemas schemas,
            PolicyOnTheWay apps,
            RegistrationHook hook) {
        this.database = database;
        this.policies = policies;
        this.schemas = schemas;
        this.apps = apps;
        this.hook = hook;
    }

    /** How people register who want somewhere; nothing where they may not. */
    public Optional<RegistrationDecision> open(Request request, Optional<String> fromUri) {
        if (policies.isUntouched(request.org(), PolicyType.PROFILE_ENROLLMENT)) {
            return Optional.empty();
        }
        Optional<String> policy = fromUri.flatMap(address -> apps.find(request, address));
        return Optional.of(policies.registration(request.org(), policy))
                .filter(RegistrationDecision::open);
    }

    /**
     * What the profile of a user lacks who has signed in on the way to somewhere, if the policy
     * there asks for that: what it requires, and the user may say.
     */
    public List<RegistrationDecision.Attribute> lacking(
            Request request, String userId, Optional<String> fromUri) {
        if (policies.isUntouched(request.org(), PolicyType.PROFILE_ENROLLMENT)) {
            return List.of();
        }
        RegistrationDecision decision =
                policies.registration(
                        request.org(), fromUri.flatMap(address -> apps.find(request, address)));
        return decision.again()
                ? database.read(request.org().number(), reader -> users.byId(reader, userId))
                        .map(user -> lacking(request, decision, user))
                        .orElse(List.of())
                : List.of();
    }

    private List<RegistrationDecision.Attribute> lacking(
            Request request, RegistrationDecision decision, User user) {
        Set<String> own =
                schemas
                        .of(request.org())
                        .ofType(request.org(), user.typeId())
                        .orElse(ProfileSchema.USER)
                        .attributes()
                        .stream()
                        .filter(each -> each.self() == ProfileAttribute.SelfAccess.READ_WRITE)
                        .map(ProfileAttribute::name)
                        .collect(Collectors.toUnmodifiableSet());
        ObjectNode profile = user.profile().document();
        return decision.attributes().stream()
                .filter(RegistrationDecision.Attribute::required)
                .filter(each -> own.contains(each.name()))
                .filter(each -> !isThere(profile.path(each.name())))
                .toList();
    }

    private static boolean isThere(JsonNode value) {
        return value.isString()
                ? !value.stringValue().isBlank()
                : !value.isMissingNode() && !value.isNull();
    }

    /**
     * What the user is made of, once the org's service has been asked: attributes that are none of
     * the schema are for that one alone.
     *
     * @param said what was filled in
     */
    public Judgment judge(Request request, RegistrationDecision decision, ObjectNode said) {
        ObjectNode whole = said.deepCopy();
        if (!whole.has("login") && whole.has("email")) {
            whole.set("login", whole.get("email"));
        }
        Judgment judgment =
                decision.hook()
                        .map(id -> hook.ask(request, id, whole))
                        .orElseGet(() -> new Judgment.Admitted(whole));
        return switch (judgment) {
            case Judgment.Admitted(ObjectNode profile) ->
                    new Judgment.Admitted(kept(request, profile));
            case Judgment.Refused refused -> refused;
        };
    }

    private ObjectNode kept(Request request, ObjectNode profile) {
        Set<String> known = schemas.of(request.org()).expressionTypes(request.org()).keySet();
        ObjectNode kept = Json.object();
        profile.properties().stream()
                .filter(each -> known.contains(each.getKey()))
                .forEach(each -> kept.set(each.getKey(), each.getValue()));
        return kept;
    }

    /** The group of a decision, if it is still there. */
    public Optional<String> group(Request request, RegistrationDecision decision) {
        return decision.group()
                .filter(
                        id ->
                                database.read(
                                        request.org().number(),
                                        reader -> policies.hasGroup(reader, id)));
    }
}
