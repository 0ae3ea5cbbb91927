package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.json.Json;
import dev.ostiary.server.signin.flow.Status;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.Factor;
import dev.ostiary.server.signin.pages.view.FactorOffer;
import dev.ostiary.server.signin.pages.view.PasswordNeeds;
import dev.ostiary.server.signin.pages.view.Question;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Where a sign-in stands, as the Authentication API says it ("Authentication transaction object").
 *
 * @param document the whole answer
 */
record AuthnState(JsonNode document) {

    Status status() {
        return Status.valueOf(document.path("status").asString());
    }

    Optional<String> stateToken() {
        return text(document, "stateToken");
    }

    Optional<String> sessionToken() {
        return text(document, "sessionToken");
    }

    Optional<String> relayState() {
        return text(document, "relayState");
    }

    Optional<String> recoveryType() {
        return text(document, "recoveryType");
    }

    /** How the last attempt went, where that is told. */
    String factorResult() {
        return document.path("factorResult").asString("");
    }

    String login() {
        return embedded().path("user").path("profile").path("login").asString("");
    }

    /** The language that the user asked for; empty for none. */
    String locale() {
        return embedded().path("user").path("profile").path("locale").asString("");
    }

    String question() {
        return embedded().path("user").path("recovery_question").path("question").asString("");
    }

    /** Whether a recovery question is to be chosen with the password. */
    boolean wantsQuestion() {
        return embedded().path("policy").has("recoveryQuestion");
    }

    long daysLeft() {
        return embedded().path("policy").path("expiration").path("passwordExpireDays").asLong(0);
    }

    /** Whether the device is remembered unless the user says otherwise; empty if it cannot be. */
    Optional<Boolean> remember() {
        JsonNode policy = embedded().path("policy");
        return policy.path("allowRememberDevice").asBoolean(false)
                ? Optional.of(policy.path("rememberDeviceByDefault").asBoolean(false))
                : Optional.empty();
    }

    boolean isSkippable() {
        return document.path("_links").has("skip");
    }

    /** The ways to verify that pages know, in the order of the API. */
    List<Factor> factors() {
        List<Factor> factors = new ArrayList<>();
        embedded().path("factors").forEach(each -> factor(each).ifPresent(factors::add));
        return factors;
    }

    /** The ways to verify that pages can set up, in the order of the API. */
    List<FactorOffer> offers() {
        List<FactorOffer> offers = new ArrayList<>();
        for (JsonNode each : embedded().path("factors")) {
            kind(each.path("factorType").asString(""))
                    .map(
                            kind ->
                                    new FactorOffer(
                                            kind,
                                            each.path("provider").asString(""),
                                            each.path("enrollment")
                                                    .asString("")
                                                    .equals("REQUIRED")))
                    .ifPresent(offers::add);
        }
        return offers;
    }

    /** The address of the picture that an app reads, on the own host. */
    Optional<String> picture() {
        return text(activation().path("_links").path("qrcode"), "href")
                .map(href -> URI.create(href).getRawPath());
    }

    /** What a new security key is made by, as browsers take it. */
    String creation() {
        return Json.text(activation());
    }

    /** What an app shares with the server. */
    Optional<String> sharedSecret() {
        return text(activation(), "sharedSecret");
    }

    private JsonNode activation() {
        return embedded().path("factor").path("_embedded").path("activation");
    }

    /** The factor that was challenged. */
    Optional<Factor> challenged() {
        return factor(embedded().path("factor"));
    }

    /** What the challenge of a security key says, wherever the document has it. */
    JsonNode challenge() {
        JsonNode own = embedded().path("factor").path("_embedded").path("challenge");
        return own.isMissingNode() ? embedded().path("challenge") : own;
    }

    /** The number to be chosen on a device; empty where none was asked for. */
    Optional<String> number() {
        JsonNode number = challenge().path("correctAnswer");
        return number.isInt() ? Optional.of(Integer.toString(number.asInt())) : Optional.empty();
    }

    /** Ids of the keys that may answer a challenge. */
    List<String> credentials() {
        List<String> ids = new ArrayList<>();
        credential(embedded().path("factor")).ifPresent(ids::add);
        embedded().path("factors").forEach(each -> credential(each).ifPresent(ids::add));
        return ids.stream().distinct().toList();
    }

    private static Optional<String> credential(JsonNode factor) {
        return text(factor.path("profile"), "credentialId");
    }

    /** What is asked of a new password. */
    PasswordNeeds needs() {
        JsonNode policy = embedded().path("policy");
        JsonNode asked = policy.path("complexity");
        int history = policy.path("age").path("historyCount").asInt(0);
        return number(
                        number(
                                number(
                                        number(
                                                number(
                                                        PasswordNeeds.NONE,
                                                        Phrase.REQUIRE_LENGTH,
                                                        asked.path("minLength")),
                                                Phrase.REQUIRE_LOWER,
                                                asked.path("minLowerCase")),
                                        Phrase.REQUIRE_UPPER,
                                        asked.path("minUpperCase")),
                                Phrase.REQUIRE_NUMBER,
                                asked.path("minNumber")),
                        Phrase.REQUIRE_SYMBOL,
                        asked.path("minSymbol"))
                .with(Phrase.REQUIRE_NO_USERNAME, 0, asked.path("excludeUsername").asBoolean(false))
                .with(Phrase.REQUIRE_NO_RECENT, history, history > 0);
    }

    private static PasswordNeeds number(PasswordNeeds needs, Phrase phrase, JsonNode least) {
        return needs.with(phrase, least.asInt(0), least.asInt(0) > 0);
    }

    private JsonNode embedded() {
        return document.path("_embedded");
    }

    /** A factor as pages show it; empty for one that they cannot ask for. */
    static Optional<Factor> factor(JsonNode factor) {
        JsonNode profile = factor.path("profile");
        return kind(factor.path("factorType").asString(""))
                .map(
                        kind ->
                                new Factor(
                                        factor.path("id").asString(""),
                                        kind,
                                        where(kind, profile)));
    }

    private static Optional<Factor.Kind> kind(String type) {
        return switch (type) {
            case "token:software:totp" -> Optional.of(Factor.Kind.TOTP);
            case "token:hotp", "token:hardware", "token" -> Optional.of(Factor.Kind.HOTP);
            case "sms" -> Optional.of(Factor.Kind.SMS);
            case "call" -> Optional.of(Factor.Kind.CALL);
            case "email" -> Optional.of(Factor.Kind.EMAIL);
            case "question" -> Optional.of(Factor.Kind.QUESTION);
            case "push" -> Optional.of(Factor.Kind.PUSH);
            case "webauthn" -> Optional.of(Factor.Kind.WEBAUTHN);
            default -> Optional.empty();
        };
    }

    private static String where(Factor.Kind kind, JsonNode profile) {
        return switch (kind) {
            case SMS, CALL -> profile.path("phoneNumber").asString("");
            case EMAIL -> profile.path("email").asString("");
            case QUESTION ->
                    Question.of(profile.path("question").asString(""))
                            .map(Question::key)
                            .orElseGet(() -> profile.path("questionText").asString(""));
            case PUSH -> profile.path("name").asString("");
            case WEBAUTHN -> profile.path("authenticatorName").asString("");
            case TOTP, HOTP -> "";
        };
    }

    private static Optional<String> text(JsonNode of, String name) {
        return Optional.ofNullable(of.get(name))
                .filter(JsonNode::isString)
                .map(JsonNode::stringValue)
                .filter(text -> !text.isEmpty());
    }

    /** Says nothing of its tokens. */
    @Override
    public String toString() {
        return "AuthnState[" + document.path("status") + "]";
    }
}
