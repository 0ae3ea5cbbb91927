package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * How a brand looks (schema {@code ThemeResponse}). Immutable.
 *
 * @param id {@code the…}
 * @param pictures the paths of those that somebody has uploaded
 */
record Theme(String id, String brandId, Look look, Map<Part, String> pictures) {

    Theme {
        pictures = Map.copyOf(pictures);
    }

    /** What of a theme is a picture, with its name on the wire. */
    enum Part {
        LOGO("logo"),
        FAVICON("favicon"),
        BACKGROUND("backgroundImage");

        private final String property;

        Part(String property) {
            this.property = property;
        }

        String property() {
            return property;
        }
    }

    /** The wire's word for it in errors. */
    static final String TYPE = "Theme";

    /**
     * What a client says of it.
     *
     * @param contrast the colour of text on the primary one
     * @param secondaryContrast the colour of text on the secondary one
     */
    record Look(
            String primary,
            String contrast,
            String secondary,
            String secondaryContrast,
            String signIn,
            String dashboard,
            String error,
            String mail,
            String loading) {

        /** As WIRE has it ("What an org holds before anyone touches it"). */
        static final Look BORN =
                new Look(
                        "#1662dd",
                        ThemeTypes.WHITE,
                        "#ebebed",
                        ThemeTypes.BLACK,
                        "BACKGROUND_IMAGE",
                        "FULL_THEME",
                        "BACKGROUND_IMAGE",
                        "FULL_THEME",
                        "NONE");
    }

    static final Shape<Look> LOOK = lookShape();

    static final Schema SCHEMA =
            Schema.object("Theme")
                    .always("id", Schema.TEXT)
                    .with((Schema.Fields) LOOK.schema(Way.OUT))
                    .maybe("logo", Schema.TEXT)
                    .maybe("favicon", Schema.TEXT)
                    .maybe("backgroundImage", Schema.TEXT)
                    .always("_links", Links.SCHEMA);

    private static Shape<Look> lookShape() {
        Type<String> pages =
                ThemeTypes.oneOf("OKTA_DEFAULT", "BACKGROUND_SECONDARY_COLOR", "BACKGROUND_IMAGE");
        Type<String> dashboards =
                ThemeTypes.oneOf(
                        "OKTA_DEFAULT",
                        "WHITE_LOGO_BACKGROUND",
                        "FULL_THEME",
                        "LOGO_ON_FULL_WHITE_BACKGROUND");
        Shape.Builder<Look> shape = Shape.of("theme");
        Field<Look, String> primary =
                shape.field("primaryColorHex", ThemeTypes.COLOUR, Look::primary).required();
        Field<Look, String> contrast =
                shape.field("primaryColorContrastHex", ThemeTypes.CONTRAST, Look::contrast)
                        .always();
        Field<Look, String> secondary =
                shape.field("secondaryColorHex", ThemeTypes.COLOUR, Look::secondary).required();
        Field<Look, String> secondaryContrast =
                shape.field(
                                "secondaryColorContrastHex",
                                ThemeTypes.CONTRAST,
                                Look::secondaryContrast)
                        .always();
        Field<Look, String> signIn =
                shape.field("signInPageTouchPointVariant", pages, Look::signIn).required();
        Field<Look, String> dashboard =
                shape.field("endUserDashboardTouchPointVariant", dashboards, Look::dashboard)
                        .required();
        Field<Look, String> error =
                shape.field("errorPageTouchPointVariant", pages, Look::error).required();
        Field<Look, String> mail =
                shape.field(
                                "emailTemplateTouchPointVariant",
                                ThemeTypes.oneOf("OKTA_DEFAULT", "FULL_THEME"),
                                Look::mail)
                        .required();
        Field<Look, String> loading =
                shape.field(
                                "loadingPageTouchPointVariant",
                                ThemeTypes.oneOf("OKTA_DEFAULT", "NONE"),
                                Look::loading)
                        .always();
        return shape.build(
                in ->
                        new Look(
                                in.get(primary),
                                in.find(contrast)
                                        .orElseGet(() -> ThemeTypes.contrastOf(in.get(primary))),
                                in.get(secondary),
                                in.find(secondaryContrast)
                                        .orElseGet(() -> ThemeTypes.contrastOf(in.get(secondary))),
                                in.get(signIn),
                                in.get(dashboard),
                                in.get(error),
                                in.get(mail),
                                in.find(loading).orElse("OKTA_DEFAULT")));
    }

    Theme with(Look other) {
        return new Theme(id, brandId, other, pictures);
    }

    /** The same with another picture; null for none of its own. */
    Theme showing(Part part, @Nullable String path) {
        Map<Part, String> others = new EnumMap<>(Part.class);
        others.putAll(pictures);
        if (path == null) {
            others.remove(part);
        } else {
            others.put(part, path);
        }
        return new Theme(id, brandId, look, others);
    }

    /** Under this name its picture is kept. */
    String owner(Part part) {
        return id + "/" + part.property();
    }

    /** How events name it (ThemeResourceDetails). */
    Target target() {
        return new Target(
                id,
                TYPE,
                null,
                null,
                Map.of(
                        "themeId", id,
                        "primaryColorHex", look.primary(),
                        "secondaryColorHex", look.secondary(),
                        "signInPageTouchPointVariant", look.signIn(),
                        "endUserDashboardTouchPointVariant", look.dashboard(),
                        "errorPageTouchPointVariant", look.error(),
                        "emailTemplateTouchPointVariant", look.mail()));
    }

    /** Only what is there can be deleted (P31). */
    private String[] allowed(Part part) {
        return pictures.containsKey(part) ? new String[] {"POST", "DELETE"} : new String[] {"POST"};
    }

    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        LOOK.writeFields(out, look);
        for (Part part : Part.values()) {
            String path = pictures.get(part);
            if (path != null) {
                out.writeStringProperty(part.property(), baseUrl + path);
            }
        }
        String self = baseUrl + "/api/v1/brands/" + brandId + "/themes/" + id;
        new Links()
                .hinted("self", self, "GET", "PUT")
                .hinted("logo", self + "/logo", allowed(Part.LOGO))
                .hinted("favicon", self + "/favicon", allowed(Part.FAVICON))
                .hinted("background-image", self + "/background-image", allowed(Part.BACKGROUND))
                .write(out);
        out.writeEndObject();
    }
}
