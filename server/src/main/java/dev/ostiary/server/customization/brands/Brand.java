package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.hal.Links;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import dev.ostiary.platform.org.Org;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A brand (schema {@code Brand}). Immutable.
 *
 * @param id {@code bnd…}
 */
record Brand(String id, Content content, Instant created, Instant lastUpdated) {

    /** The wire's word for it in errors. */
    static final String TYPE = "Brand";

    private static final int LONGEST_NAME = 255;
    private static final int LONGEST_URL = 1024;

    /** Nobody may call a brand so (schema {@code BrandRequest}). */
    private static final String RESERVED = "DRAPP_DOMAIN_BRAND";

    /**
     * What a client says of it.
     *
     * @param name unique in the org, in any case
     * @param consents to a privacy policy that is not the original's
     * @param privacyPolicy where people find it; null for none of the org's own
     * @param unsigned whether pages leave out whose software they are
     * @param emailDomain id of the domain that mails come from
     * @param locale a tag of BCP 47
     */
    record Content(
            String name,
            boolean consents,
            @Nullable String privacyPolicy,
            boolean unsigned,
            @Nullable String emailDomain,
            String locale,
            DefaultApp defaultApp) {

        static Content named(String name) {
            return new Content(name, false, null, false, null, "en", DefaultApp.NONE);
        }

        /** The same without its app. */
        Content withoutApp() {
            return new Content(
                    name,
                    consents,
                    privacyPolicy,
                    unsigned,
                    emailDomain,
                    locale,
                    new DefaultApp(null, null, defaultApp.classicUri()));
        }
    }

    /**
     * The application that people reach when they ask for none.
     *
     * @param instanceId an app of the org; null for none
     * @param linkName which of the app's links is meant; kept as it was said, since an app has one
     * @param classicUri where the original's older engine finds it
     */
    record DefaultApp(
            @Nullable String instanceId, @Nullable String linkName, @Nullable String classicUri) {
        static final DefaultApp NONE = new DefaultApp(null, null, null);
    }

    static final Shape<Content> CONTENT = contentShape();

    /** What {@link #write} writes, without what a client may ask for besides. */
    static final Schema.Fields SCHEMA =
            Schema.object("Brand")
                    .always("id", Schema.TEXT)
                    .always("isDefault", Schema.BOOLEAN)
                    .with((Schema.Fields) CONTENT.schema(Way.OUT))
                    .always("_links", Links.SCHEMA);

    private static Shape<Content> contentShape() {
        Shape.Builder<Content> shape = Shape.of("brand");
        Field<Content, String> name = name(shape);
        Field<Content, Boolean> consents =
                shape.field("agreeToCustomPrivacyPolicy", Type.BOOLEAN, Content::consents).always();
        Field<Content, String> policy =
                shape.field("customPrivacyPolicyUrl", Type.TEXT, Content::privacyPolicy)
                        .must(
                                Brand::isWebAddress,
                                "Is not a valid URL. Valid example: http://www.okta.com")
                        .orNull();
        Field<Content, Boolean> unsigned =
                shape.field("removePoweredByOkta", Type.BOOLEAN, Content::unsigned).always();
        Field<Content, String> emailDomain =
                shape.field("emailDomainId", Type.TEXT, Content::emailDomain);
        Field<Content, String> locale =
                shape.field("locale", Type.TEXT, Content::locale)
                        .must(Brand::isLanguage, "must be a language tag, such as en or pt-BR")
                        .always();
        Field<Content, DefaultApp> app =
                shape.field("defaultApp", Type.nested(defaultApp()), Content::defaultApp).always();
        return shape.build(
                in ->
                        new Content(
                                in.get(name),
                                in.find(consents).orElse(false),
                                in.orNull(policy),
                                in.find(unsigned).orElse(false),
                                in.orNull(emailDomain),
                                in.find(locale).orElse("en"),
                                in.find(app).orElse(DefaultApp.NONE)));
    }

    private static Shape<DefaultApp> defaultApp() {
        Shape.Builder<DefaultApp> shape = Shape.of("defaultApp");
        Field<DefaultApp, String> instance =
                shape.field("appInstanceId", Type.TEXT, DefaultApp::instanceId).orNull();
        Field<DefaultApp, String> link =
                shape.field("appLinkName", Type.TEXT, DefaultApp::linkName)
                        .must(text -> text.length() <= LONGEST_NAME, "is too long")
                        .orNull();
        Field<DefaultApp, String> uri =
                shape.field("classicApplicationUri", Type.TEXT, DefaultApp::classicUri)
                        .must(text -> text.length() <= LONGEST_URL, "is too long")
                        .orNull();
        return shape.build(
                in -> new DefaultApp(in.orNull(instance), in.orNull(link), in.orNull(uri)));
    }

    /** The body of a new brand: its name, and nothing else. */
    static final Shape<Content> NEW = newShape();

    private static Shape<Content> newShape() {
        Shape.Builder<Content> shape = Shape.of("brand");
        Field<Content, String> name = name(shape);
        return shape.build(in -> Content.named(in.get(name)));
    }

    private static Field<Content, String> name(Shape.Builder<Content> shape) {
        return shape.field("name", Type.TEXT, Content::name)
                .required()
                .must(Brand::isName, "must not be blank, reserved, or longer than 255 characters");
    }

    private static boolean isName(String text) {
        return !text.isBlank()
                && text.codePointCount(0, text.length()) <= LONGEST_NAME
                && !text.equals(RESERVED);
    }

    /** Pages will link to it: a scheme that runs code must not come in here. */
    private static boolean isWebAddress(String text) {
        if (text.length() > LONGEST_URL) {
            return false;
        }
        try {
            URI uri = URI.create(text);
            String scheme = uri.getScheme();
            return uri.getHost() != null
                    && ("https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isLanguage(String text) {
        try {
            return !new Locale.Builder().setLanguageTag(text).build().getLanguage().isEmpty();
        } catch (IllformedLocaleException e) {
            return false;
        }
    }

    /** The brand that an org is born with, until it is changed. */
    static Brand born(Org org) {
        return new Brand(
                BrandIds.ofDefault(org), Content.named(org.name()), org.created(), org.created());
    }

    Brand with(Content other, Instant now) {
        return new Brand(id, other, created, now);
    }

    boolean isDefault(Org org) {
        return id.equals(BrandIds.ofDefault(org));
    }

    /** How events name it (BrandResourceDetails). */
    Target target() {
        Map<String, @Nullable Object> details = new HashMap<>();
        details.put("brandId", id);
        details.put("brandName", content.name());
        details.put("locale", content.locale());
        details.put("customPrivacyPolicyUrl", content.privacyPolicy());
        details.put("removePoweredByOkta", content.unsigned());
        return new Target(id, TYPE, content.name(), content.name(), details);
    }

    /** Writes the object without its end, to which a caller may add more. */
    void begin(JsonGenerator out, Org org) {
        out.writeStartObject();
        out.writeStringProperty("id", id);
        out.writeBooleanProperty("isDefault", isDefault(org));
        CONTENT.writeFields(out, content);
    }

    /** Writes the links, and ends the object. What cannot be deleted has no such hint (P31). */
    void end(JsonGenerator out, Org org, String baseUrl) {
        String self = baseUrl + "/api/v1/brands/" + id;
        Links links =
                isDefault(org)
                        ? new Links().hinted("self", self, "GET", "PUT")
                        : new Links().hinted("self", self, "GET", "PUT", "DELETE");
        links.hinted("themes", self + "/themes", "GET").write(out);
        out.writeEndObject();
    }
}
