package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/**
 * How a brand looks (schema {@code ThemeResponse}). Immutable.
 *
 * @param id {@code the…}
 */
record Theme(String id, String brandId, Look look) {

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
        return new Theme(id, brandId, other);
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

    void write(JsonGenerator out, String baseUrl) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        LOOK.writeFields(out, look);
        new Links()
                .hinted(
                        "self",
                        baseUrl + "/api/v1/brands/" + brandId + "/themes/" + id,
                        "GET",
                        "PUT")
                .write(out);
        out.writeEndObject();
    }
}
