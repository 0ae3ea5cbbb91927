package dev.ostiary.server.directory.linkedobjects;

import dev.ostiary.platform.event.Target;
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
 * The definition of a relation between users (Linked Objects API, Linked Object object). Immutable.
 *
 * @param primary the side of which a user has at most one, such as the manager
 * @param associated the side of which there may be many, such as the subordinates
 */
record LinkedObject(Side primary, Side associated) {

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_TEXT = 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /**
     * One side of the relation.
     *
     * @param name by which it is found, letter by letter; unique among both sides of all of an org
     * @param title what people read
     * @param description what it means, if that was said
     */
    record Side(String name, String title, @Nullable String description) {

        private static final Shape<Side> SHAPE = shape();

        private static Shape<Side> shape() {
            Shape.Builder<Side> shape = Shape.of("linkedObject");
            Field<Side, String> name =
                    shape.field("name", Type.TEXT, Side::name)
                            .required()
                            .must(
                                    LinkedObject::isName,
                                    "must be of letters, digits and _, and not begin with a digit");
            Field<Side, String> title =
                    shape.field("title", Type.TEXT, Side::title)
                            .required()
                            .must(
                                    text -> !text.isBlank() && isShort(text),
                                    "must be 1 to 1024 characters");
            Field<Side, String> description =
                    shape.field("description", Type.TEXT, Side::description)
                            .must(LinkedObject::isShort, "must be at most 1024 characters");
            shape.field("type", Type.TEXT, side -> "USER")
                    .required()
                    .must("USER"::equals, "must be USER");
            return shape.build(in -> new Side(in.get(name), in.get(title), in.orNull(description)));
        }
    }

    static final Shape<LinkedObject> SHAPE = shape();

    static final Schema SCHEMA =
            SHAPE.schema(Way.OUT).named("LinkedObject").always("_links", Links.SCHEMA);

    private static Shape<LinkedObject> shape() {
        Shape.Builder<LinkedObject> shape = Shape.of("linkedObject");
        Field<LinkedObject, Side> primary =
                shape.field("primary", Type.nested(Side.SHAPE), LinkedObject::primary).required();
        Field<LinkedObject, Side> associated =
                shape.field("associated", Type.nested(Side.SHAPE), LinkedObject::associated)
                        .required();
        return shape.build(in -> new LinkedObject(in.get(primary), in.get(associated)));
    }

    /** Whether a text can be the name of a side; no other is in any table. */
    static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
    }

    private static boolean isShort(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_TEXT;
    }

    /** Writes it; whichever name it was found by, its own link has the primary one. */
    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        SHAPE.writeFields(out, this);
        new Links()
                .to("self", baseUrl + "/api/v1/meta/schemas/user/linkedObjects/" + primary.name())
                .write(out);
        out.writeEndObject();
    }

    /** How events name it: it has no id but its names. */
    Target target() {
        return new Target(primary.name(), "LinkedObject", associated.name(), primary.title());
    }
}
