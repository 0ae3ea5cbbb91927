package dev.ostiary.server.apps;

import static dev.ostiary.server.apps.Form.flag;
import static dev.ostiary.server.apps.Form.text;
import static dev.ostiary.server.apps.Form.url;
import static dev.ostiary.server.apps.Form.word;

import dev.ostiary.platform.json.Reading;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What kind of app an app is, by its name: a template with settings that are known, one of the
 * org's own, or one of a catalogue, whose settings are its own affair. Immutable.
 *
 * @param name on the wire; null for an app of the org's own that has no name yet
 * @param mode of sign-on
 * @param kind which of the three
 * @param settings what {@code settings.app} holds
 */
record Definition(@Nullable String name, SignOnMode mode, Origin kind, Form settings) {

    /** Where definitions come from. */
    enum Origin {
        TEMPLATE,
        /** Made for this org alone, and called after it. */
        CUSTOM,
        CATALOGUE
    }

    /** The name of OpenID Connect clients. */
    static final String OIDC_CLIENT = "oidc_client";

    /** How definitions of identity sources are called in the end. */
    static final String IDENTITY_SOURCE = "identity_source";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,254}");
    private static final Form NOTHING = Form.of();

    private record Template(SignOnMode mode, Form settings) {}

    private static final Map<String, Template> TEMPLATES = templates();

    private static Map<String, Template> templates() {
        Map<String, Template> all = new LinkedHashMap<>();
        all.put(OIDC_CLIENT, new Template(SignOnMode.OPENID_CONNECT, NOTHING.andOthers()));
        all.put(
                "bookmark",
                new Template(
                        SignOnMode.BOOKMARK,
                        Form.of(flag("requestIntegration"), url("url").needed())));
        all.put(
                "template_basic_auth",
                new Template(
                        SignOnMode.BASIC_AUTH,
                        Form.of(
                                        text("loginUrlRegex").orNull(),
                                        url("url").needed(),
                                        url("authURL").needed())
                                .andOthers()));
        all.put(
                "template_swa",
                new Template(
                        SignOnMode.BROWSER_PLUGIN,
                        Form.of(
                                        text("loginUrlRegex").orNull(),
                                        text("usernameField", 255).needed(),
                                        text("buttonField", 255).needed(),
                                        text("passwordField", 255).needed(),
                                        url("url").needed())
                                .andOthers()));
        all.put(
                "template_swa3field",
                new Template(
                        SignOnMode.BROWSER_PLUGIN,
                        Form.of(
                                        text("loginUrlRegex").orNull(),
                                        text("extraFieldSelector", 255).needed(),
                                        text("extraFieldValue", 255).needed(),
                                        text("userNameSelector", 255).needed(),
                                        text("passwordSelector", 255).needed(),
                                        text("buttonSelector", 255).needed(),
                                        url("targetURL").needed())
                                .andOthers()));
        all.put(
                "template_sps",
                new Template(
                        SignOnMode.SECURE_PASSWORD_STORE,
                        Form.of(
                                        url("url").needed(),
                                        text("passwordField", 255).needed(),
                                        text("usernameField", 255).needed(),
                                        text("optionalField1", 255).orNull(),
                                        text("optionalField1Value", 255).orNull(),
                                        text("optionalField2", 255).orNull(),
                                        text("optionalField2Value", 255).orNull(),
                                        text("optionalField3", 255).orNull(),
                                        text("optionalField3Value", 255).orNull())
                                .andOthers()));
        all.put("template_wsfed", new Template(SignOnMode.WS_FEDERATION, federation()));
        return all;
    }

    private static Form federation() {
        return Form.of(
                        text("groupFilter").orNull(),
                        url("siteURL").needed(),
                        text("authnContextClassRef", 255).needed(),
                        flag("wReplyOverride"),
                        word("digestAlgorithm", "SHA1", "SHA256").or("SHA1"),
                        word("usernameAttribute", "username", "upn", "upnAndUsername", "none")
                                .needed(),
                        word("signatureAlgorithm", "RSA_SHA1", "RSA_SHA256").or("RSA_SHA1"),
                        text("audienceRestriction", 1024).needed(),
                        url("wReplyURL").needed(),
                        text("groupName", 1024)
                                .or("http://schemas.microsoft.com/ws/2008/06/identity/claims/role"),
                        text("attributeStatements").orNull(),
                        text("nameIDFormat", 255).needed(),
                        text("realm", 1024).orNull(),
                        word(
                                        "groupValueFormat",
                                        "windowsDomainQualifiedName",
                                        "samAccountName",
                                        "dn")
                                .needed())
                .andOthers();
    }

    /**
     * The definition that a new app names. An app without a name is one of the org's own: those are
     * SAML 2.0 or SWA apps; what else goes without one is refused as the original does.
     */
    static Optional<Definition> ofNew(@Nullable String name, SignOnMode mode, Reading reading) {
        if (name == null) {
            return mode == SignOnMode.SAML_2_0 || mode == SignOnMode.AUTO_LOGIN
                    ? Optional.of(custom(null, mode))
                    : mismatch(reading);
        }
        if (!NAME.matcher(name).matches()) {
            reading.wrong(
                    Reading.Path.root("name").field("name"),
                    "must be 1 to 255 letters, digits and any of _.-");
            return Optional.empty();
        }
        Template template = TEMPLATES.get(name);
        if (template == null) {
            return Optional.of(new Definition(name, mode, Origin.CATALOGUE, NOTHING.andOthers()));
        }
        return template.mode() == mode ? Optional.of(of(name, mode)) : mismatch(reading);
    }

    /** The definition of an app that is there, or of one that goes to another mode. */
    static Optional<Definition> of(App app, SignOnMode mode, Reading reading) {
        if (app.custom()) {
            return app.mode() == mode ? Optional.of(custom(app.name(), mode)) : mismatch(reading);
        }
        return ofNew(app.name(), mode, reading);
    }

    private static Definition of(String name, SignOnMode mode) {
        Template template = TEMPLATES.get(name);
        return template == null
                ? new Definition(name, mode, Origin.CATALOGUE, NOTHING.andOthers())
                : new Definition(name, mode, Origin.TEMPLATE, template.settings());
    }

    private static Definition custom(@Nullable String name, SignOnMode mode) {
        return new Definition(name, mode, Origin.CUSTOM, NOTHING);
    }

    private static Optional<Definition> mismatch(Reading reading) {
        reading.sentence("mediated", "Invalid signOnMode");
        reading.sentence(
                "mediated",
                "The settings.signOn object doesn't match the type indicated by signOnMode value or"
                        + " is ill defined");
        return Optional.empty();
    }

    boolean custom() {
        return kind == Origin.CUSTOM;
    }

    /** What {@code settings.signOn} holds, for those that have it. */
    Optional<Form> signOn() {
        return switch (mode) {
            case SAML_2_0 -> Optional.of(custom() ? Parts.CUSTOM_SAML : Parts.CATALOGUE_SAML);
            case SAML_1_1 -> Optional.of(Parts.CATALOGUE_SAML_1_1);
            case AUTO_LOGIN -> custom() ? Optional.of(Parts.CUSTOM_LOGIN) : Optional.empty();
            case BASIC_AUTH, BOOKMARK, BROWSER_PLUGIN -> Optional.empty();
            case OPENID_CONNECT, SECURE_PASSWORD_STORE, WS_FEDERATION -> Optional.empty();
        };
    }

    /** What the link is called by which users get into such an app. */
    static String linkName(String name, SignOnMode mode, boolean custom) {
        return custom || mode == SignOnMode.OPENID_CONNECT ? name + "_link" : "login";
    }
}
