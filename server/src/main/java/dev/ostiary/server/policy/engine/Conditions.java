package dev.ostiary.server.policy.engine;

import dev.ostiary.server.policy.engine.Situation.Entry;
import dev.ostiary.server.policy.engine.Situation.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Reads conditions from the documents that policies and rules keep, which are known to be whole.
 */
public final class Conditions {

    private static final String ANY = "ANY";

    private Conditions() {}

    /**
     * The conditions of a document; those that ask for nothing are left out.
     *
     * @param everyone the id of the group of all users, if the org has told
     */
    public static List<Condition> of(JsonNode document, Optional<String> everyone) {
        return Stream.<Optional<? extends Condition>>of(
                        people(document.path("people"), everyone),
                        network(document.path("network")),
                        named(document.at("/authContext/authType"))
                                .map(type -> new Condition.Door(Entry.valueOf(type))),
                        named(document.at("/riskScore/level"))
                                .map(level -> new Condition.Risk(Level.valueOf(level))),
                        named(document.at("/riskScore/minRiskLevel"))
                                .map(level -> new Condition.LeastRisk(Level.valueOf(level))),
                        named(document.at("/entityRisk/level"))
                                .map(level -> new Condition.EntityRisk(Level.valueOf(level))),
                        detections(document.path("riskDetectionTypes")),
                        some(document.at("/risk/behaviors")).map(Condition.Behaviours::new),
                        provenBy(document.path("identityProvider")),
                        named(document.at("/authProvider/provider"))
                                .map(it -> new Condition.KeptBy(Person.Provider.valueOf(it))),
                        userTypes(document.path("userType")),
                        device(document.path("device")),
                        platform(document.path("platform")),
                        app(document.path("app")),
                        identifier(document.path("userIdentifier")),
                        named(document.at("/elCondition/condition")).map(Condition.Expressed::new))
                .flatMap(Optional::stream)
                .<Condition>map(condition -> condition)
                .toList();
    }

    private static Optional<String> named(JsonNode value) {
        return Optional.of(value.asString("")).filter(text -> !text.isEmpty() && !text.equals(ANY));
    }

    private static Optional<List<String>> some(JsonNode array) {
        return Optional.of(Condition.texts(array)).filter(texts -> !texts.isEmpty());
    }

    private static Optional<Condition> people(JsonNode people, Optional<String> everyone) {
        Condition.People condition =
                new Condition.People(
                        Condition.texts(people.at("/users/include")),
                        Condition.texts(people.at("/users/exclude")),
                        Condition.texts(people.at("/groups/include")),
                        Condition.texts(people.at("/groups/exclude")),
                        everyone);
        boolean asks =
                condition.asksForGroups()
                        || !condition.users().isEmpty()
                        || !condition.notUsers().isEmpty();
        return asks ? Optional.of(condition) : Optional.empty();
    }

    private static Optional<Condition> network(JsonNode network) {
        if (!network.path("connection").asString("").equals("ZONE")) {
            return Optional.empty();
        }
        return Optional.of(
                new Condition.Network(
                        Condition.texts(network.path("include")),
                        Condition.texts(network.path("exclude"))));
    }

    private static Optional<Condition> detections(JsonNode types) {
        return both(types, Condition.Detections::new);
    }

    private static Optional<Condition> userTypes(JsonNode types) {
        return both(types, Condition.UserTypes::new);
    }

    private interface Both {
        Condition of(List<String> include, List<String> exclude);
    }

    private static Optional<Condition> both(JsonNode node, Both making) {
        List<String> include = Condition.texts(node.path("include"));
        List<String> exclude = Condition.texts(node.path("exclude"));
        return include.isEmpty() && exclude.isEmpty()
                ? Optional.empty()
                : Optional.of(making.of(include, exclude));
    }

    private static Optional<Condition> provenBy(JsonNode provider) {
        return named(provider.path("provider"))
                .map(
                        kind ->
                                kind.equals(Situation.OKTA)
                                        ? new Condition.ProvenBy(List.of(Situation.OKTA))
                                        : new Condition.ProvenBy(
                                                Condition.texts(provider.path("idpIds"))));
    }

    private static Optional<Condition> device(JsonNode device) {
        Condition.OfDevice condition =
                new Condition.OfDevice(
                        flag(device.path("registered")),
                        flag(device.path("managed")),
                        Condition.texts(device.at("/assurance/include")));
        boolean asks =
                condition.registered().isPresent()
                        || condition.managed().isPresent()
                        || !condition.assurances().isEmpty();
        return asks ? Optional.of(condition) : Optional.empty();
    }

    private static Optional<Boolean> flag(JsonNode node) {
        return node.isBoolean() ? Optional.of(node.booleanValue()) : Optional.empty();
    }

    private static Optional<Condition> platform(JsonNode platform) {
        List<Situation.Platform> include = platforms(platform.path("include"));
        List<Situation.Platform> exclude = platforms(platform.path("exclude"));
        return include.isEmpty() && exclude.isEmpty()
                ? Optional.empty()
                : Optional.of(new Condition.OnPlatform(include, exclude));
    }

    /** One system has two names, by the type of the policy. */
    private static List<Situation.Platform> platforms(JsonNode array) {
        return array.valueStream()
                .map(
                        node ->
                                new Situation.Platform(
                                        node.path("type").asString(ANY),
                                        node.at("/os/type").asString(ANY).replace("OSX", "MACOS")))
                .toList();
    }

    private static Optional<Condition> app(JsonNode app) {
        List<String> include = apps(app.path("include"));
        List<String> exclude = apps(app.path("exclude"));
        return include.isEmpty() && exclude.isEmpty()
                ? Optional.empty()
                : Optional.of(new Condition.ToApp(include, exclude));
    }

    private static List<String> apps(JsonNode array) {
        List<String> apps = new ArrayList<>();
        for (JsonNode app : array) {
            String property = app.path("type").asString("").equals("APP_TYPE") ? "name" : "id";
            apps.add(app.path(property).asString(""));
        }
        return List.copyOf(apps);
    }

    private static Optional<Condition> identifier(JsonNode identifier) {
        List<Condition.Pattern> patterns =
                identifier
                        .path("patterns")
                        .valueStream()
                        .map(
                                node ->
                                        new Condition.Pattern(
                                                node.path("matchType").asString(""),
                                                node.path("value").asString("")))
                        .toList();
        boolean attribute = identifier.path("type").asString("").equals("ATTRIBUTE");
        return patterns.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Condition.CallsItself(
                                attribute
                                        ? Optional.of(identifier.path("attribute").asString(""))
                                        : Optional.empty(),
                                patterns));
    }
}
