package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.expression.Facts;
import dev.ostiary.server.expression.Group;
import dev.ostiary.server.expression.Value;
import dev.ostiary.server.oauth.clients.AppUser;
import dev.ostiary.server.oauth.clients.OAuthClient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What expressions of claims are evaluated on; the names are those of {@code Scope.ofTokenClaims}.
 *
 * @param scopes that were granted
 */
record ClaimFacts(
        Org org, OAuthClient client, Optional<Subject> subject, List<String> scopes, Instant now)
        implements Facts {

    @Override
    public Value variable(String name) {
        return switch (name) {
            case "user" ->
                    subject.map(
                                    user ->
                                            Facts.user(
                                                    user.profile(),
                                                    Map.of("id", new Value.Text(user.id()))))
                            .orElse(Value.NOTHING);
            case "appuser" -> subject.map(ClaimFacts::appUser).orElse(Value.NOTHING);
            case "app" ->
                    Value.of(
                            Map.of(
                                    "id", new Value.Text(client.appId()),
                                    "clientId", new Value.Text(client.id()),
                                    "name", new Value.Text("oidc_client"),
                                    "label", new Value.Text(client.label())));
            case "org" ->
                    Value.of(
                            Map.of(
                                    "name", new Value.Text(org.name()),
                                    "subDomain", new Value.Text(org.name())));
            case "session" ->
                    Value.of(
                            Map.of(
                                    "amr",
                                    Value.ofTexts(subject.map(Subject::amr).orElse(List.of()))));
            case "access" -> Value.of(Map.of("scope", Value.ofTexts(scopes)));
            default -> Value.NOTHING;
        };
    }

    /** By the name that the user has in the app; in one that wants none, by the login. */
    private static Value appUser(Subject user) {
        Map<String, Value> attributes = new HashMap<>();
        user.appUser()
                .ifPresent(
                        app ->
                                app.profile()
                                        .properties()
                                        .forEach(
                                                each ->
                                                        attributes.put(
                                                                each.getKey(),
                                                                Value.of(each.getValue()))));
        attributes.put(
                "userName",
                new Value.Text(user.appUser().flatMap(AppUser::userName).orElse(user.login())));
        return Value.of(attributes);
    }

    @Override
    public List<Group> groups() {
        return subject.map(
                        user ->
                                user.groups().stream()
                                        .map(
                                                group ->
                                                        Group.of(
                                                                group.id(),
                                                                group.name(),
                                                                "OKTA_GROUP"))
                                        .toList())
                .orElse(List.of());
    }

    @Override
    public Value internalProperty(String name) {
        return name.equals("id")
                ? subject.<Value>map(user -> new Value.Text(user.id())).orElse(Value.NOTHING)
                : Value.NOTHING;
    }
}
