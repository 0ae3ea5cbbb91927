package dev.ostiary.server.policy.engine;

import dev.ostiary.platform.text.TextPattern;
import dev.ostiary.server.policy.engine.Situation.Entry;
import dev.ostiary.server.policy.engine.Situation.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What has to be true of a situation for a policy or a rule to apply. Immutable. */
public sealed interface Condition {

    /** Compares it, part by part. A part that asks for nothing is not told. */
    List<Check> check(Situation situation);

    /** People, by who they are and by their groups. */
    record People(
            List<String> users,
            List<String> notUsers,
            List<String> groups,
            List<String> notGroups,
            Optional<String> everyone)
            implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            Person person = situation.person();
            List<Check> checks = new ArrayList<>();
            if (!users.isEmpty() || !groups.isEmpty()) {
                boolean user = person.id().filter(users::contains).isPresent();
                boolean group = isIn(groups, person);
                if (!users.isEmpty()) {
                    checks.add(
                            new Check(
                                    "people.users.include",
                                    user || group
                                            ? Verdict.MATCH
                                            : person.id().isEmpty()
                                                    ? Verdict.UNDEFINED
                                                    : Verdict.NOT_MATCH));
                }
                if (!groups.isEmpty()) {
                    checks.add(new Check("people.groups.include", Verdict.of(user || group)));
                }
            }
            if (!notUsers.isEmpty()) {
                checks.add(
                        new Check(
                                "people.users.exclude",
                                Verdict.of(person.id().filter(notUsers::contains).isEmpty())));
            }
            if (!notGroups.isEmpty()) {
                checks.add(
                        new Check("people.groups.exclude", Verdict.of(!isIn(notGroups, person))));
            }
            return checks;
        }

        private boolean isIn(List<String> ids, Person person) {
            return everyone.filter(ids::contains).isPresent()
                    || ids.stream().anyMatch(person.groups()::contains);
        }

        /** Whether it depends on the groups that a person is in. */
        boolean asksForGroups() {
            return !groups.isEmpty() || !notGroups.isEmpty();
        }
    }

    /** The place of the client. */
    record Network(List<String> include, List<String> exclude) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            List<Check> checks = new ArrayList<>();
            if (!include.isEmpty()) {
                checks.add(
                        new Check(
                                "network.include",
                                situation
                                        .place()
                                        .map(place -> Verdict.of(place.isIn(include)))
                                        .orElse(Verdict.UNDEFINED)));
            }
            if (!exclude.isEmpty()) {
                checks.add(
                        new Check(
                                "network.exclude",
                                situation
                                        .place()
                                        .map(place -> Verdict.of(!place.isIn(exclude)))
                                        .orElse(Verdict.UNDEFINED)));
            }
            return checks;
        }
    }

    /** The door of a sign-in. */
    record Door(Entry entry) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one("authContext.authType", situation.entry().map(entry::equals));
        }
    }

    /** The risk of a sign-in: exactly this level. */
    record Risk(Level level) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one("riskScore.level", situation.risk().map(level::equals));
        }
    }

    /** The risk of a sign-in: this level or a greater one. */
    record LeastRisk(Level level) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one(
                    "riskScore.minRiskLevel",
                    situation.risk().map(risk -> risk.compareTo(level) >= 0));
        }
    }

    /** The risk that a user is at. */
    record EntityRisk(Level level) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one("entityRisk.level", situation.entityRisk().map(level::equals));
        }
    }

    /** The kind of risk that was detected. */
    record Detections(List<String> include, List<String> exclude) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one(
                    "riskDetectionTypes",
                    situation
                            .detection()
                            .map(
                                    kind ->
                                            (include.isEmpty() || include.contains(kind))
                                                    && !exclude.contains(kind)));
        }
    }

    /** Behaviours, of which one was noticed. */
    record Behaviours(List<String> ids) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one(
                    "risk.behaviors",
                    situation
                            .behaviours()
                            .map(noticed -> ids.stream().anyMatch(noticed::contains)));
        }
    }

    /** Who has proven who it is: one of these. */
    record ProvenBy(List<String> providers) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one(
                    "identityProvider.provider",
                    situation.identityProvider().map(providers::contains));
        }
    }

    /** Who keeps the password. */
    record KeptBy(Person.Provider provider) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one(
                    "authProvider.provider", situation.person().provider().map(provider::equals));
        }
    }

    /** Types of users. */
    record UserTypes(List<String> include, List<String> exclude) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one(
                    "userType",
                    situation
                            .person()
                            .typeId()
                            .map(
                                    type ->
                                            (include.isEmpty() || include.contains(type))
                                                    && !exclude.contains(type)));
        }
    }

    /** What is known of the device. */
    record OfDevice(
            Optional<Boolean> registered, Optional<Boolean> managed, List<String> assurances)
            implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            List<Check> checks = new ArrayList<>();
            registered.ifPresent(
                    wanted ->
                            checks.addAll(
                                    one(
                                            "device.registered",
                                            situation
                                                    .device()
                                                    .map(it -> it.registered() == wanted))));
            managed.ifPresent(
                    wanted ->
                            checks.addAll(
                                    one(
                                            "device.managed",
                                            situation
                                                    .device()
                                                    .flatMap(Situation.Device::managed)
                                                    .map(wanted::equals))));
            if (!assurances.isEmpty()) {
                checks.addAll(
                        one(
                                "device.assurance",
                                situation
                                        .device()
                                        .flatMap(Situation.Device::assurances)
                                        .map(has -> assurances.stream().anyMatch(has::contains))));
            }
            return checks;
        }
    }

    /** What the client runs on. */
    record OnPlatform(List<Situation.Platform> include, List<Situation.Platform> exclude)
            implements Condition {

        private static final String ANY = "ANY";

        @Override
        public List<Check> check(Situation situation) {
            return one(
                    "platform",
                    situation
                            .platform()
                            .map(
                                    is ->
                                            (include.isEmpty()
                                                            || include.stream()
                                                                    .anyMatch(it -> fits(it, is)))
                                                    && exclude.stream()
                                                            .noneMatch(it -> fits(it, is))));
        }

        private static boolean fits(Situation.Platform wanted, Situation.Platform is) {
            return (wanted.type().equals(ANY) || wanted.type().equals(is.type()))
                    && (wanted.os().equals(ANY) || wanted.os().equals(is.os()));
        }
    }

    /** What is signed in to: apps by their ids, or by the names of their types. */
    record ToApp(List<String> include, List<String> exclude) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one(
                    "app",
                    situation
                            .app()
                            .map(
                                    app ->
                                            (include.isEmpty() || names(include, app))
                                                    && !names(exclude, app)));
        }

        private static boolean names(List<String> apps, Situation.App app) {
            return apps.contains(app.id()) || apps.contains(app.name());
        }
    }

    /**
     * Who the client says it is, or an attribute of that user.
     *
     * @param attribute the attribute; empty for the identifier itself
     */
    record CallsItself(Optional<String> attribute, List<Pattern> patterns) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            Optional<String> text =
                    attribute.isEmpty()
                            ? situation.identifier()
                            : situation
                                    .person()
                                    .profile()
                                    .map(profile -> profile.path(attribute.get()).asString(""));
            return one(
                    "userIdentifier.patterns",
                    text.map(is -> patterns.stream().anyMatch(pattern -> pattern.fits(is))));
        }
    }

    /**
     * A pattern of a name.
     *
     * @param kind of the schema {@code UserIdentifierMatchType}
     */
    record Pattern(String kind, String value) {

        /** Case does not count, as with logins; it does within an expression. */
        boolean fits(String text) {
            String is = text.toLowerCase(Locale.ROOT);
            String wanted = value.toLowerCase(Locale.ROOT);
            return switch (kind) {
                case "EQUALS" -> is.equals(wanted);
                case "CONTAINS" -> is.contains(wanted);
                case "STARTS_WITH" -> is.startsWith(wanted);
                case "SUFFIX" -> is.endsWith(wanted);
                default -> TextPattern.of(value).filter(it -> it.matches(text)).isPresent();
            };
        }
    }

    /** An expression that holds. */
    record Expressed(String expression) implements Condition {
        @Override
        public List<Check> check(Situation situation) {
            return one("elCondition.condition", situation.expressions().holds(expression));
        }
    }

    private static List<Check> one(String type, Optional<Boolean> holds) {
        return List.of(new Check(type, holds.map(Verdict::of).orElse(Verdict.UNDEFINED)));
    }

    /** The texts of an array, none where there is none. */
    static List<String> texts(JsonNode array) {
        return array.valueStream().map(text -> text.asString("")).toList();
    }
}
