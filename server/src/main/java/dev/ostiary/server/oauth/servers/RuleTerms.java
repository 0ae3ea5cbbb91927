package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.List;
import java.util.Set;

/**
 * What a client says of a rule. Immutable.
 *
 * @param name unique in the policy
 * @param users by id
 * @param groups by id, or {@link #EVERYONE}
 * @param grantTypes by their names in token requests
 * @param scopes by name, or {@link #ANY_SCOPE}
 */
public record RuleTerms(
        String name,
        Members users,
        Members groups,
        List<String> grantTypes,
        List<String> scopes,
        Lifetimes lifetimes) {

    /** All users, in place of a group's id. */
    static final String EVERYONE = "EVERYONE";

    /** Every scope, in place of its name. */
    static final String ANY_SCOPE = "*";

    /** The grants that rules can be about. */
    static final Set<String> GRANT_TYPES =
            Set.of(
                    "authorization_code",
                    "implicit",
                    "password",
                    "client_credentials",
                    "refresh_token",
                    "interaction_code",
                    "urn:ietf:params:oauth:grant-type:device_code",
                    "urn:ietf:params:oauth:grant-type:token-exchange",
                    "urn:ietf:params:oauth:grant-type:saml2-bearer",
                    "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "urn:openid:params:grant-type:ciba",
                    "urn:okta:params:oauth:grant-type:otp",
                    "urn:okta:params:oauth:grant-type:oob",
                    "http://auth0.com/oauth/grant-type/mfa-otp",
                    "http://auth0.com/oauth/grant-type/mfa-oob",
                    "urn:okta:params:oauth:grant-type:webauthn",
                    "urn:okta:params:oauth:grant-type:mfa-webauthn");

    static final Shape<RuleTerms> SHAPE = shape();

    public RuleTerms {
        grantTypes = List.copyOf(grantTypes);
        scopes = List.copyOf(scopes);
    }

    private record People(Members users, Members groups) {

        private static Shape<People> shape() {
            Shape.Builder<People> shape = Shape.of("people");
            Field<People, Members> users =
                    shape.field("users", Type.nested(Members.BOTH), People::users).always();
            Field<People, Members> groups =
                    shape.field("groups", Type.nested(Members.BOTH), People::groups).always();
            return shape.build(
                    in ->
                            new People(
                                    in.find(users).orElse(Members.NONE),
                                    in.find(groups).orElse(Members.NONE)));
        }
    }

    private record Conditions(People people, Members grantTypes, Members scopes) {

        private static Shape<Conditions> shape() {
            Shape.Builder<Conditions> shape = Shape.of("conditions");
            Field<Conditions, People> people =
                    shape.field("people", Type.nested(People.shape()), Conditions::people).always();
            Field<Conditions, Members> grants =
                    shape.field("grantTypes", Type.nested(Members.INCLUDED), Conditions::grantTypes)
                            .required()
                            .must(
                                    all ->
                                            !all.include().isEmpty()
                                                    && GRANT_TYPES.containsAll(all.include()),
                                    "must include known grant types, one at least");
            Field<Conditions, Members> scopes =
                    shape.field("scopes", Type.nested(Members.INCLUDED), Conditions::scopes)
                            .required();
            return shape.build(
                    in ->
                            new Conditions(
                                    in.find(people).orElse(new People(Members.NONE, Members.NONE)),
                                    in.get(grants),
                                    in.get(scopes)));
        }
    }

    private static Shape<RuleTerms> shape() {
        Shape.Builder<RuleTerms> shape = Shape.of("rule");
        Field<RuleTerms, String> name =
                shape.name("name", AccessPolicy.LONGEST_NAME, RuleTerms::name).required();
        Field<RuleTerms, Conditions> conditions =
                shape.field("conditions", Type.nested(Conditions.shape()), RuleTerms::conditions)
                        .required();
        Field<RuleTerms, Lifetimes> actions =
                shape.field("actions", Type.nested(Lifetimes.ACTIONS), RuleTerms::lifetimes)
                        .always();
        return shape.build(
                in -> {
                    Conditions when = in.get(conditions);
                    return new RuleTerms(
                            in.get(name),
                            when.people().users(),
                            when.people().groups(),
                            when.grantTypes().include(),
                            when.scopes().include(),
                            in.find(actions).orElse(Lifetimes.STANDARD));
                });
    }

    private Conditions conditions() {
        return new Conditions(
                new People(users, groups), Members.of(grantTypes), Members.of(scopes));
    }

    /** The same without a scope that is no more. */
    RuleTerms without(String scope) {
        return new RuleTerms(
                name,
                users,
                groups,
                grantTypes,
                scopes.stream().filter(each -> !each.equals(scope)).toList(),
                lifetimes);
    }
}
