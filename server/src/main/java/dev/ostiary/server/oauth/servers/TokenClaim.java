package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.text.TextPattern;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A claim that a server puts into tokens (Authorization Servers API, Claim object). Immutable.
 *
 * @param id {@code ocl…}
 * @param name unique in the server for its type of token
 * @param claimType which token it is for
 * @param valueType how {@code value} is understood
 * @param groupFilter how {@code value} picks groups; for {@link ValueType#GROUPS} only
 * @param scopes of which one has to be granted; none where any will do
 * @param always whether an ID token has it although there is an access token to ask with
 * @param system whether every server has it
 */
public record TokenClaim(
        String id,
        String name,
        Status status,
        ClaimType claimType,
        ValueType valueType,
        String value,
        @Nullable GroupFilter groupFilter,
        List<String> scopes,
        boolean always,
        boolean system) {

    static final String PREFIX = "ocl";

    /** The type of a claim in errors (WIRE, "Errors"). */
    static final String TYPE = "OAuth2Claim";

    /** What expressions call it. */
    private static final String APP_USER = "appuser";

    private static final Pattern NAME_ALONE =
            Pattern.compile("appuser(\\.userName\\b|\\s*!=\\s*null\\b)");

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_VALUE = 16_384;
    private static final int MOST_SCOPES = 1_000;

    /** As the wire has it. */
    public enum ClaimType {
        /** For access tokens. */
        RESOURCE,
        /** For ID tokens and what is told of the user. */
        IDENTITY
    }

    /** As the wire has it. */
    public enum ValueType {
        EXPRESSION,
        GROUPS,
        SYSTEM
    }

    /** As the wire has it (Authorization Servers API, "Details for group_filter_type"). */
    public enum GroupFilter {
        STARTS_WITH,
        EQUALS,
        CONTAINS,
        REGEX;

        /** Whether a value takes a group of a name, in any case of letters but for a pattern. */
        public boolean takes(String value, String group) {
            String wanted = value.toLowerCase(Locale.ROOT);
            String name = group.toLowerCase(Locale.ROOT);
            return switch (this) {
                case STARTS_WITH -> name.startsWith(wanted);
                case EQUALS -> name.equals(wanted);
                case CONTAINS -> name.contains(wanted);
                case REGEX ->
                        TextPattern.of(value).map(pattern -> pattern.matches(group)).orElse(false);
            };
        }
    }

    public TokenClaim {
        scopes = List.copyOf(scopes);
    }

    /** What of a user in the app that asks a value may depend on. */
    public enum OfAppUser {
        NOTHING,
        /** As what every server is born with does. */
        NAME,
        ALL
    }

    /** What of the user in the app that asks its value may depend on. */
    public OfAppUser ofAppUser() {
        if (!active() || valueType != ValueType.EXPRESSION || !isAbout(value)) {
            return OfAppUser.NOTHING;
        }
        return isAbout(NAME_ALONE.matcher(value).replaceAll("")) ? OfAppUser.ALL : OfAppUser.NAME;
    }

    private static boolean isAbout(String expression) {
        return expression.toLowerCase(Locale.ROOT).contains(APP_USER);
    }

    private record Conditions(List<String> scopes) {

        private static Shape<Conditions> shape() {
            Shape.Builder<Conditions> shape = Shape.of("conditions");
            Field<Conditions, List<String>> scopes =
                    shape.field("scopes", Type.list(Type.TEXT), Conditions::scopes)
                            .always()
                            .must(all -> all.size() <= MOST_SCOPES, "must be at most 1000");
            return shape.build(in -> new Conditions(in.find(scopes).orElse(List.of())));
        }
    }

    static final Shape<TokenClaim> STORED = shape(true);

    static final Shape<TokenClaim> SHAPE = shape(false);

    static final Schema SCHEMA =
            SHAPE.schema(Way.OUT).always("_links", Links.SCHEMA).named("OAuth2Claim");

    private static Shape<TokenClaim> shape(boolean stored) {
        Shape.Builder<TokenClaim> shape = Shape.of("claim");
        Field<TokenClaim, String> id = shape.field("id", Type.TEXT, TokenClaim::id).always();
        Field<TokenClaim, String> name =
                shape.field("name", Type.TEXT, TokenClaim::name)
                        .required()
                        .must(
                                text -> !text.isBlank() && text.length() <= LONGEST_NAME,
                                "must be 1 to 255 characters");
        Field<TokenClaim, Status> status =
                shape.field("status", new Word<>(Status.class), TokenClaim::status).always();
        Field<TokenClaim, ClaimType> claimType =
                shape.field("claimType", new Word<>(ClaimType.class), TokenClaim::claimType)
                        .required();
        Field<TokenClaim, ValueType> valueType =
                shape.field("valueType", new Word<>(ValueType.class), TokenClaim::valueType)
                        .required();
        Field<TokenClaim, String> value =
                shape.field("value", Type.TEXT, TokenClaim::value)
                        .required()
                        .must(
                                text -> text.length() <= LONGEST_VALUE,
                                "must be at most 16384 characters");
        Field<TokenClaim, GroupFilter> groupFilter =
                shape.field(
                        "group_filter_type",
                        new Word<>(GroupFilter.class),
                        TokenClaim::groupFilter);
        Field<TokenClaim, Conditions> conditions =
                shape.field(
                                "conditions",
                                Type.nested(Conditions.shape()),
                                claim -> new Conditions(claim.scopes()))
                        .always();
        Field<TokenClaim, Boolean> system =
                shape.field("system", new Flag(), TokenClaim::system).always();
        Field<TokenClaim, Boolean> always =
                shape.field("alwaysIncludeInToken", new Flag(), TokenClaim::always).always();
        if (!stored) {
            id.readOnly();
            system.readOnly();
        }
        return shape.build(
                in ->
                        new TokenClaim(
                                in.find(id).orElse(""),
                                in.get(name),
                                in.find(status).orElse(Status.ACTIVE),
                                in.get(claimType),
                                in.get(valueType),
                                in.get(value),
                                in.orNull(groupFilter),
                                in.find(conditions).map(Conditions::scopes).orElse(List.of()),
                                in.get(claimType) == ClaimType.RESOURCE
                                        || in.find(always).orElse(false),
                                in.find(system).orElse(false)));
    }

    /** Whether it counts. */
    public boolean active() {
        return status == Status.ACTIVE;
    }

    /** Whether a grant of these scopes brings it. */
    public boolean comesWith(List<String> granted) {
        return scopes.isEmpty() || scopes.stream().anyMatch(granted::contains);
    }

    TokenClaim as(String newId) {
        return new TokenClaim(
                newId,
                name,
                status,
                claimType,
                valueType,
                value,
                groupFilter,
                scopes,
                always,
                false);
    }

    /** The same without a scope that is no more. */
    TokenClaim without(String scope) {
        return new TokenClaim(
                id,
                name,
                status,
                claimType,
                valueType,
                value,
                groupFilter,
                scopes.stream().filter(each -> !each.equals(scope)).toList(),
                always,
                system);
    }

    /**
     * This one with what a client says of it. Of what every server has, only whether it counts,
     * when it is in the token and, for {@code sub}, its expression are a client's to say.
     */
    TokenClaim with(TokenClaim said) {
        if (!system) {
            return new TokenClaim(
                    id,
                    said.name,
                    said.status,
                    said.claimType,
                    said.valueType,
                    said.value,
                    said.groupFilter,
                    said.scopes,
                    said.always,
                    false);
        }
        return new TokenClaim(
                id,
                name,
                said.status,
                claimType,
                valueType,
                valueType == ValueType.EXPRESSION ? said.value : value,
                groupFilter,
                said.scopes,
                claimType == ClaimType.RESOURCE || said.always,
                true);
    }

    void write(JsonGenerator out, String server) {
        out.writeStartObject();
        SHAPE.writeFields(out, this);
        String self = server + "/claims/" + id;
        Links links = new Links();
        if (system) {
            links.hinted("self", self, "GET", "PUT");
        } else {
            links.hinted("self", self, "GET", "PUT", "DELETE");
        }
        links.write(out);
        out.writeEndObject();
    }
}
