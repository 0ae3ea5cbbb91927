package dev.ostiary.server.oauth.servers;

import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A scope that a server can grant (Authorization Servers API, Scope object). Immutable.
 *
 * @param id {@code scp…}
 * @param name unique in the server; case counts
 * @param consent whether a user is asked
 * @param metadataPublish whether the metadata names it
 * @param isDefault whether a request without scopes means it
 * @param optional whether a user may leave it out
 * @param system whether every server has it
 */
public record TokenScope(
        String id,
        String name,
        @Nullable String displayName,
        @Nullable String description,
        Consent consent,
        Publish metadataPublish,
        boolean isDefault,
        boolean optional,
        boolean system) {

    static final String PREFIX = "scp";

    /** The type of a scope in errors (WIRE, "Errors"). */
    public static final String TYPE = "OAuth2Scope";

    /** Printable ASCII without space, double quote and backslash (Scopes, Notes). */
    private static final Pattern NAME = Pattern.compile("[!#-\\[\\]-~]{1,255}");

    private static final int LONGEST = 1024;

    /** As the wire has it. */
    public enum Consent {
        REQUIRED,
        IMPLICIT,
        FLEXIBLE
    }

    /** As the wire has it. */
    public enum Publish {
        ALL_CLIENTS,
        NO_CLIENTS
    }

    static final Shape<TokenScope> STORED = shape(true);

    static final Shape<TokenScope> SHAPE = shape(false);

    static final Schema SCHEMA =
            SHAPE.schema(Way.OUT).always("_links", Links.SCHEMA).named("OAuth2Scope");

    private static Shape<TokenScope> shape(boolean stored) {
        Shape.Builder<TokenScope> shape = Shape.of("scope");
        Field<TokenScope, String> id = shape.field("id", Type.TEXT, TokenScope::id).always();
        Field<TokenScope, String> name =
                shape.field("name", Type.TEXT, TokenScope::name)
                        .required()
                        .must(
                                text -> stored || NAME.matcher(text).matches(),
                                "must be 1 to 255 characters of printable ASCII without spaces,"
                                        + " double quotes and backslashes");
        Field<TokenScope, String> description =
                shape.field("description", Type.TEXT, TokenScope::description)
                        .must(TokenScope::isShort, "must be at most 1024 characters");
        Field<TokenScope, Boolean> system =
                shape.field("system", Type.BOOLEAN, TokenScope::system).always();
        Field<TokenScope, Boolean> isDefault =
                shape.field("default", Type.BOOLEAN, TokenScope::isDefault).always();
        Field<TokenScope, String> displayName =
                shape.field("displayName", Type.TEXT, TokenScope::displayName)
                        .must(TokenScope::isShort, "must be at most 1024 characters");
        Field<TokenScope, Consent> consent =
                shape.field("consent", new Word<>(Consent.class), TokenScope::consent).always();
        Field<TokenScope, Boolean> optional =
                shape.field("optional", Type.BOOLEAN, TokenScope::optional).always();
        Field<TokenScope, Publish> publish =
                shape.field(
                                "metadataPublish",
                                new Word<>(Publish.class),
                                TokenScope::metadataPublish)
                        .always();
        if (!stored) {
            id.readOnly();
            system.readOnly();
        }
        return shape.build(
                in ->
                        new TokenScope(
                                in.find(id).orElse(""),
                                in.get(name),
                                in.orNull(displayName),
                                in.orNull(description),
                                in.find(consent).orElse(Consent.IMPLICIT),
                                in.find(publish).orElse(Publish.NO_CLIENTS),
                                in.find(isDefault).orElse(false),
                                in.find(optional).orElse(false),
                                in.find(system).orElse(false)));
    }

    private static boolean isShort(String text) {
        return text.length() <= LONGEST;
    }

    /** Whether nobody may call a scope so (Scopes, Notes; "Custom scopes"). */
    static boolean isReserved(String name) {
        return name.startsWith("okta.")
                || name.startsWith("okta:")
                || name.equals("okta")
                || name.equals("*")
                || (name.contains("<") && name.contains(">"));
    }

    TokenScope as(String newId) {
        return new TokenScope(
                newId,
                name,
                displayName,
                description,
                consent,
                metadataPublish,
                isDefault,
                optional,
                false);
    }

    /** This one with what a client says of it. */
    TokenScope with(TokenScope said) {
        return new TokenScope(
                id,
                said.name,
                said.displayName,
                said.description,
                said.consent,
                said.metadataPublish,
                said.isDefault,
                said.optional,
                system);
    }

    void write(JsonGenerator out, String server) {
        out.writeStartObject();
        SHAPE.writeFields(out, this);
        String self = server + "/scopes/" + id;
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
