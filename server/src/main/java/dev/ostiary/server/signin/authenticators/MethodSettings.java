package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a method of an authenticator can be set to (schemas {@code AuthenticatorMethod…}).
 * Immutable.
 *
 * @param form properties beside type and status, with their standard values
 * @param open whether they may be changed; the others say what this server does, and no more
 */
record MethodSettings(Fields form, boolean open) {

    /** Odd lengths are none (schema {@code OtpTotpPassCodeLength}). */
    private static final int EVEN = 2;

    private static final String LENGTH = "passCodeLength";

    private static final MethodSettings NONE = new MethodSettings(Form.object(), true);

    private static final MethodSettings CUSTOM_OTP = new MethodSettings(otp(3), true);

    private static final MethodSettings GOOGLE_OTP = new MethodSettings(otp(1), false);

    private static final MethodSettings TOTP =
            new MethodSettings(Form.object().filled("settings", tokens()), false);

    private static final MethodSettings PUSH =
            new MethodSettings(
                    Form.object()
                            .filled(
                                    "settings",
                                    Form.object()
                                            .with("keyProtection", word("ANY", "HARDWARE"), "ANY")),
                    false);

    private static final MethodSettings YUBIKEY =
            new MethodSettings(
                    Form.object().with("protocol", word("SYMANTEC", "TOTP", "YUBICO"), "YUBICO"),
                    false);

    private static final String VERIFY = "userVerificationForVerify";
    private static final String REQUIRED = "REQUIRED";

    private static final MethodSettings WEBAUTHN =
            new MethodSettings(
                    Form.object()
                            .filled(
                                    "settings",
                                    Form.object()
                                            .with("userVerification", wish(), "PREFERRED")
                                            .with(VERIFY, wish(), "PREFERRED")
                                            .with("residentKeyRequirement", wish(), "DISCOURAGED")
                                            .may("aaguidGroups", Form.list(group(), 100))
                                            .may(RelyingParty.NAME, RelyingParty.FORM)
                                            .with(
                                                    "attachment",
                                                    word("ANY", "BUILT_IN", "ROAMING"),
                                                    "ANY")
                                            .with(
                                                    "certBasedAttestationValidation",
                                                    Form.FLAG,
                                                    false)
                                            .with("allowSyncablePasskeys", Form.FLAG, true)
                                            .with("hardwareProtected", Form.FLAG, false)
                                            .with("fipsCompliant", Form.FLAG, false)),
                    true);

    /** Settings of the original that have no effect here, so nobody may believe to have set one. */
    private static final List<String> ELSEWHERE =
            List.of("enableAutofillUI", "showSignInWithAPasskeyButton");

    /** Models of keys under a name, which enrolment policies ask for. */
    private static Form group() {
        return Form.object()
                .must("name", Form.text(1, 255))
                .must("aaguids", Form.list(Form.text(36, 36), 100));
    }

    private static Form wish() {
        return word("DISCOURAGED", "PREFERRED", REQUIRED);
    }

    /** What answers may say of any method. */
    static final Schema.Fields SCHEMA =
            Schema.object()
                    .maybe("acceptableAdjacentIntervals", Schema.INTEGER)
                    .maybe("algorithm", Schema.TEXT)
                    .maybe("encoding", Schema.TEXT)
                    .maybe(LENGTH, Schema.INTEGER)
                    .maybe("protocol", Schema.TEXT)
                    .maybe("timeIntervalInSeconds", Schema.INTEGER)
                    .maybe("settings", Schema.DOCUMENT);

    private static Fields otp(int adjacent) {
        return tokens().with("acceptableAdjacentIntervals", Form.whole(0, 10), adjacent)
                .with("protocol", word("TOTP"), "TOTP");
    }

    private static Fields tokens() {
        return Form.object()
                .with("timeIntervalInSeconds", Form.whole(15, 300), 30)
                .with("encoding", word("base32", "base64", "hexadecimal"), "base32")
                .with("algorithm", word("HMacSHA1", "HMacSHA256", "HMacSHA512"), "HMacSHA1")
                .with(LENGTH, Form.whole(6, 10), 6);
    }

    private static Form word(String... words) {
        return Form.words(words);
    }

    /** What a method of an authenticator can be set to. */
    static MethodSettings of(AuthenticatorKey key, String method) {
        return switch (key) {
            case CUSTOM_OTP -> CUSTOM_OTP;
            case GOOGLE_OTP -> GOOGLE_OTP;
            case YUBIKEY_TOKEN -> YUBIKEY;
            case OKTA_VERIFY -> method.equals("totp") ? TOTP : PUSH;
            case WEBAUTHN -> WEBAUTHN;
            case OKTA_EMAIL, OKTA_PASSWORD, PHONE_NUMBER, SECURITY_QUESTION -> NONE;
        };
    }

    /** What was set, with standard values for the rest. */
    ObjectNode whole(ObjectNode set) {
        return read(set);
    }

    /**
     * What a replacement comes to: what it does not name stays as it is.
     *
     * @throws ApiException {@code E0000001} with every cause; {@code E0000060} for what this server
     *     does in no other way
     */
    ObjectNode replaced(ObjectNode before, ObjectNode body) {
        for (String name : ELSEWHERE) {
            JsonNode asked = body.path("settings").path(name);
            boolean nothing =
                    asked.isMissingNode()
                            || asked.isNull()
                            || asked.isBoolean() && !asked.booleanValue()
                            || asked.isArray() && asked.isEmpty();
            if (!nothing) {
                throw ApiException.of("E0000060");
            }
        }
        ObjectNode next = read(merged(before, body));
        if (!open && !next.equals(before)) {
            throw ApiException.of("E0000060");
        }
        return next;
    }

    private static ObjectNode merged(ObjectNode before, ObjectNode body) {
        ObjectNode merged = before.deepCopy();
        body.forEachEntry(
                (name, value) -> {
                    JsonNode old = merged.path(name);
                    merged.set(
                            name,
                            old.isObject() && value.isObject()
                                    ? merged(old.asObject(), value.asObject())
                                    : value);
                });
        return merged;
    }

    private ObjectNode read(ObjectNode body) {
        Reading reading = new Reading();
        Path root = Path.root("Authenticator");
        ObjectNode read =
                form.read(body, root, reading).map(JsonNode::asObject).orElseGet(Json::object);
        if (read.path(LENGTH).asInt(0) % EVEN != 0) {
            reading.wrong(root.field(LENGTH), "must be a multiple of " + EVEN);
        }
        reading.finish();
        JsonNode settings = read.path("settings");
        if (settings.path("userVerification").asString("").equals(REQUIRED)) {
            settings.asObject().put(VERIFY, REQUIRED);
        }
        return read;
    }

    /** The algorithm of the JCA that a set one names. */
    static String jca(ObjectNode set) {
        return "Hmac" + set.path("algorithm").asString("").substring(4).toUpperCase(Locale.ROOT);
    }
}
