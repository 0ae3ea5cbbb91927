package dev.ostiary.server.directory.uischemas;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.server.directory.schemas.AttributeType;
import dev.ostiary.server.directory.schemas.ProfileAttribute;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.uischemas.UiSchema.Element;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which attribute an input can be bound to, and how it can look (schema {@code UIElement}). */
final class InputRules {

    private static final String PREFIX = "#/properties/";

    private InputRules() {}

    /** Looks at every input of a form; what is wrong is told to the reading. */
    static void check(UiSchema.Form form, ProfileSchema schema, Reading reading) {
        Path elements = Path.root("uiSchema").field("uiSchema").field("elements");
        List<Element> all = form.elements();
        for (int i = 0; i < all.size(); i++) {
            check(all.get(i), elements.item(i), schema, reading);
        }
    }

    private static void check(Element element, Path at, ProfileSchema schema, Reading reading) {
        String scope = element.scope();
        Optional<ProfileAttribute> bound =
                scope.startsWith(PREFIX)
                        ? schema.find(scope.substring(PREFIX.length()))
                        : Optional.empty();
        if (bound.isEmpty()) {
            reading.wrong(at.field("scope"), "must be #/properties/ and the name of an attribute");
            return;
        }
        UiSchema.@Nullable Options options = element.options();
        @Nullable String format = options == null ? null : options.format();
        if (format != null && !shows(format, bound.get())) {
            reading.wrong(
                    at.field("options").field("format"),
                    "is no format, or none for the type of the attribute");
        }
    }

    private static boolean shows(String format, ProfileAttribute attribute) {
        boolean truth = attribute.type() == AttributeType.BOOLEAN;
        boolean chosen = attribute.type() == AttributeType.STRING && !attribute.choices().isEmpty();
        return switch (format) {
            case "text" -> true;
            case "checkbox", "radio_yes_no", "radio_true_false" -> truth;
            case "radio" -> chosen;
            case "select" ->
                    chosen
                            || attribute
                                    .definition()
                                    .path("format")
                                    .asString()
                                    .equals("country-code");
            default -> false;
        };
    }
}
