package dev.ostiary.server.directory.uischemas;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A form. Immutable.
 *
 * @param id {@code uis…}
 * @param form what a client says of it
 */
record UiSchema(String id, Form form, Instant created, Instant lastUpdated) {

    /** The wire's word for it in errors (WIRE, "Errors"). */
    static final String TYPE = "UISchemaEntity";

    private static final int MOST_ELEMENTS = 200;
    private static final int LONGEST = 255;

    /**
     * The part that a client sets (schema {@code UISchemaObject}).
     *
     * @param label above the form
     * @param buttonLabel on the button that sends it
     * @param type the layout
     */
    record Form(String label, String buttonLabel, String type, List<Element> elements) {}

    /**
     * One input (schema {@code UIElement}).
     *
     * @param type what it does with the value: {@code Control}
     * @param scope {@code #/properties/NAME}
     */
    record Element(
            @Nullable String type,
            @Nullable String label,
            String scope,
            @Nullable Options options) {}

    /** How an input appears. */
    record Options(@Nullable String format) {}

    /** The body of a request, and of an answer the greater part. */
    record Body(Form uiSchema) {}

    static final Shape<Body> BODY = body();

    static final Schema SCHEMA =
            Schema.object("UISchema")
                    .always("id", Schema.TEXT)
                    .always("created", Schema.MOMENT)
                    .always("lastUpdated", Schema.MOMENT)
                    .with((Schema.Fields) BODY.schema(Way.OUT))
                    .always("_links", Links.SCHEMA);

    private static Shape<Body> body() {
        Shape.Builder<Body> shape = Shape.of("uiSchema");
        Field<Body, Form> form =
                shape.field("uiSchema", Type.nested(formShape()), Body::uiSchema).required();
        return shape.build(in -> new Body(in.get(form)));
    }

    private static Shape<Form> formShape() {
        Shape.Builder<Form> shape = Shape.of("uiSchemaObject");
        Field<Form, String> type = shape.field("type", Type.TEXT, Form::type);
        Field<Form, String> label =
                shape.field("label", Type.TEXT, Form::label).must(UiSchema::fits, TOO_LONG);
        Field<Form, String> button =
                shape.field("buttonLabel", Type.TEXT, Form::buttonLabel)
                        .must(UiSchema::fits, TOO_LONG);
        Field<Form, List<Element>> elements =
                shape.field("elements", Type.list(Type.nested(element())), Form::elements)
                        .required()
                        .must(
                                list -> list.size() <= MOST_ELEMENTS,
                                "At most " + MOST_ELEMENTS + " elements are allowed");
        return shape.build(
                in ->
                        new Form(
                                in.find(label).orElse("Sign in"),
                                in.find(button).orElse("Submit"),
                                in.find(type).orElse("Group"),
                                in.get(elements)));
    }

    private static final String TOO_LONG = "must be at most " + LONGEST + " characters";

    private static Shape<Element> element() {
        Shape.Builder<Options> options = Shape.of("options");
        Field<Options, String> format = options.field("format", Type.TEXT, Options::format);
        Shape<Options> whole = options.build(in -> new Options(in.orNull(format)));
        Shape.Builder<Element> shape = Shape.of("element");
        Field<Element, String> type = shape.field("type", Type.TEXT, Element::type);
        Field<Element, String> label =
                shape.field("label", Type.TEXT, Element::label).must(UiSchema::fits, TOO_LONG);
        Field<Element, String> scope =
                shape.field("scope", Type.TEXT, Element::scope)
                        .required()
                        .must(UiSchema::fits, TOO_LONG);
        Field<Element, Options> chosen =
                shape.field("options", Type.nested(whole), Element::options);
        return shape.build(
                in ->
                        new Element(
                                in.orNull(type),
                                in.orNull(label),
                                in.get(scope),
                                in.orNull(chosen)));
    }

    private static boolean fits(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST;
    }

    UiSchema with(Form other, Instant now) {
        return new UiSchema(id, other, created, now);
    }

    /** As an event names it. */
    Target target() {
        return new Target(id, "UISchema", null, form.label());
    }

    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeStringProperty("created", Dates.text(created));
        out.writeStringProperty("lastUpdated", Dates.text(lastUpdated));
        BODY.writeFields(out, new Body(form));
        new Links()
                .hinted("self", baseUrl + "/api/v1/meta/uischemas/" + id, "GET", "PUT", "DELETE")
                .write(out);
        out.writeEndObject();
    }
}
