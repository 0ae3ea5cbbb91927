package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.assignments.AppIdentity;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.Value;
import dev.ostiary.server.oauth.grants.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What expressions of assertions are evaluated on; the names are of {@code Scope.ofAssertions}.
 *
 * @param context how the user has proven itself, as the service wanted to know; empty where it did
 *     not ask
 */
record SubjectFacts(
        Org org,
        App app,
        Subject subject,
        AppIdentity identity,
        Instant now,
        Optional<String> context)
        implements Facts {

    /** The same with what a service is told of how. */
    SubjectFacts by(Optional<String> told) {
        return new SubjectFacts(org, app, subject, identity, now, told);
    }

    @Override
    public Value variable(String name) {
        return switch (name) {
            case "user", "source" -> Facts.user(subject.profile(), own());
            case "appuser" -> appUser();
            case "app" ->
                    Value.of(
                            Map.of(
                                    "id", new Value.Text(app.id()),
                                    "name", new Value.Text(app.name()),
                                    "label", new Value.Text(app.label())));
            case "org" ->
                    Value.of(
                            Map.of(
                                    "name", new Value.Text(org.name()),
                                    "subDomain", new Value.Text(org.name())));
            case "session" -> Value.of(Map.of("amr", Value.ofTexts(subject.amr())));
            default -> Value.NOTHING;
        };
    }

    private Map<String, Value> own() {
        Map<String, Value> own = new HashMap<>();
        own.put("id", new Value.Text(subject.id()));
        identity.userName().ifPresent(name -> own.put("userName", new Value.Text(name)));
        return own;
    }

    private Value appUser() {
        Map<String, Value> attributes = new HashMap<>();
        identity.profile()
                .properties()
                .forEach(each -> attributes.put(each.getKey(), Value.of(each.getValue())));
        identity.userName().ifPresent(name -> attributes.put("userName", new Value.Text(name)));
        return Value.of(attributes);
    }

    @Override
    public List<Group> groups() {
        return subject.groups().stream()
                .map(group -> Group.of(group.id(), group.name(), "OKTA_GROUP"))
                .toList();
    }

    @Override
    public Value internalProperty(String name) {
        return name.equals("id") ? new Value.Text(subject.id()) : Value.NOTHING;
    }
}
