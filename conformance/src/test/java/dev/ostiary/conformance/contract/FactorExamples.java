package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The tag UserFactor. */
final class FactorExamples implements Examples.Family {

    private static final String USER = "userId";
    private static final String FACTOR = "factorId";
    private static final String CODE = "code";
    private static final String TRANSACTION = "transactionId";
    private static final ObjectNode PUSH = of("push", "OKTA");

    @Override
    public void say(Examples examples) {
        examples.isNoId(CODE);
        examples.of("listFactors", stock -> Call.on(USER, question(stock).user()));
        examples.of("listFactors", stock -> Call.on(USER, token(stock).user()));
        examples.of("listSupportedFactors", stock -> Call.on(USER, stock.staged()));
        examples.of("listSupportedFactors", stock -> Call.on(USER, formerPhone(stock).user()));
        examples.of("listSupportedSecurityQuestions", stock -> Call.on(USER, stock.staged()));
        examples.of(
                "enrollFactor",
                stock -> Call.on(USER, stock.staged()).body(aboutFood("mayonnaise")));
        examples.of(
                "enrollFactor", stock -> Call.on(USER, stock.staged()).body(phone(stock, "sms")));
        examples.of(
                "enrollFactor",
                stock ->
                        Call.on(USER, stock.staged())
                                .query("activate=true")
                                .body(phone(stock, "call")));
        examples.of(
                "enrollFactor",
                stock ->
                        Call.on(USER, stock.staged())
                                .query("tokenLifetimeSeconds=600")
                                .body(of("email", "OKTA")));
        examples.of(
                "enrollFactor",
                stock -> {
                    AuthenticatorExamples.active(stock, "google_otp");
                    return Call.on(USER, stock.staged()).body(of("token:software:totp", "GOOGLE"));
                });
        examples.of("getFactor", stock -> on(question(stock)));
        examples.of("getFactor", stock -> on(token(stock)));
        examples.of("unenrollFactor", stock -> on(question(stock)));
        examples.of("activateFactor", FactorExamples::activation);
        examples.refused(
                "resendEnrollFactor",
                429,
                "E0000118",
                "five seconds have passed, which no example waits for",
                stock -> on(mailed(stock, stock.login(), "")).body(of("email", "OKTA")));
        examples.of(
                "verifyFactor",
                stock -> on(question(stock)).optionalBody("{\"answer\":\"mayonnaise\"}"));
        examples.of("verifyFactor", stock -> on(mailed(stock, stock.login(), "activate=true")));
        examples.of("verifyFactor", stock -> on(device(stock).made()));
        yubikeys(examples);
        push(examples);
        examples.answers("getFactorQrCode", "image/png");
        examples.of(
                "getFactorQrCode",
                stock -> {
                    Made made = token(stock);
                    String href =
                            made.factor().at("/_embedded/activation/_links/qrcode/href").asString();
                    return on(made).and(CODE, href.substring(href.lastIndexOf('/') + 1));
                });
    }

    private static void push(Examples examples) {
        examples.of("enrollFactor", stock -> Call.on(USER, stock.staged()).body(PUSH.deepCopy()));
        examples.of(
                "enrollFactor",
                stock -> {
                    AuthenticatorExamples.active(stock, "webauthn");
                    return Call.on(USER, stock.staged()).body(of("webauthn", "FIDO"));
                });
        examples.of("activateFactor", stock -> on(waiting(stock)));
        examples.of("pollFactorActivation", stock -> on(waiting(stock)));
        examples.of("sendFactorActivationEmail", stock -> on(waiting(stock)));
        examples.of(
                "sendFactorActivationSms",
                stock ->
                        on(waiting(stock))
                                .optionalBody(
                                        "{\"profile\":{\"phoneNumber\":\"+1-555-415-1337\"}}"));
        examples.of("getFactorTransactionStatus", stock -> asked(stock).call());
        examples.of("cancelFactorTransaction", stock -> asked(stock).call());
        examples.of(
                "registerOstiaryPushDevice",
                stock -> Call.plain().body("{\"code\":\"" + code(waiting(stock)) + "\"}"));
        examples.of(
                "listOstiaryPushTransactions",
                stock -> {
                    Asked asked = asked(stock);
                    return Call.plain()
                            .body("{\"deviceToken\":\"" + asked.device().token() + "\"}");
                });
        examples.of(
                "answerOstiaryPushTransaction",
                stock -> {
                    Asked asked = asked(stock);
                    return Call.on(TRANSACTION, asked.id())
                            .body(
                                    "{\"deviceToken\":\""
                                            + asked.device().token()
                                            + "\",\"approve\":true}");
                });
    }

    /** A device and what it holds. */
    record Device(Made made, String token) {}

    /** A device that is asked something. */
    record Asked(Device device, String id) {

        Call call() {
            return on(device.made()).and(TRANSACTION, id);
        }
    }

    static Made waiting(Stock stock) {
        return made(stock, stock.staged(), "", PUSH.deepCopy());
    }

    private static String code(Made made) {
        String href = made.factor().at("/_embedded/activation/_links/qrcode/href").asString();
        return href.substring(href.lastIndexOf('/') + 1);
    }

    static Device device(Stock stock) {
        Made made = waiting(stock);
        return new Device(
                made,
                stock.org()
                        .nobody()
                        .post("/ostiary/v1/push/devices", Json.object().put(CODE, code(made)))
                        .expect(200)
                        .text("deviceToken"));
    }

    static Asked asked(Stock stock) {
        Device device = device(stock);
        String href =
                stock.http()
                        .post(
                                "/api/v1/users/"
                                        + device.made().user()
                                        + "/factors/"
                                        + device.made().factor().path("id").asString()
                                        + "/verify")
                        .expect(201)
                        .json()
                        .at("/_links/poll/href")
                        .asString();
        return new Asked(device, href.substring(href.lastIndexOf('/') + 1));
    }

    /** A factor and whose it is. */
    record Made(String user, JsonNode factor) {}

    private static Call on(Made made) {
        return Call.on(USER, made.user()).and(FACTOR, made.factor().path("id").asString());
    }

    private static Call activation(Stock stock) {
        String login = stock.login();
        Made made = mailed(stock, login, "");
        return on(made).optionalBody("{\"passCode\":\"" + codeFor(stock, login) + "\"}");
    }

    /** The code of the last mail to an address. */
    static String codeFor(Stock stock, String address) {
        return stock.http()
                .get("/ostiary/v1/outbox?limit=1&to=" + address.replace("+", "%2B"))
                .expect(200)
                .json()
                .valueStream()
                .map(mail -> mail.path("variables"))
                .map(all -> all.path("verificationToken").asString(all.path(CODE).asString("")))
                .findFirst()
                .orElseThrow();
    }

    private static void yubikeys(Examples examples) {
        examples.of(
                "listYubikeyOtpTokens",
                stock -> {
                    yubikey(stock);
                    return Call.plain();
                });
        examples.of("uploadYubikeyOtpTokenSeed", stock -> Call.plain().body(seed(stock)));
        examples.of("getYubikeyOtpTokenById", stock -> Call.on("tokenId", yubikey(stock)));
    }

    private static String yubikey(Stock stock) {
        return stock.http()
                .post("/api/v1/org/factors/yubikey_token/tokens", seed(stock))
                .expect(200)
                .text("id");
    }

    /** Of a key that nobody has. */
    private static ObjectNode seed(Stock stock) {
        StringBuilder publicId = new StringBuilder();
        long name = stock.name().hashCode() * 31L + System.nanoTime();
        for (int i = 0; i < 12; i++) {
            publicId.append("cbdefghijklnrtuv".charAt((int) (name >> 4 * i) & 15));
        }
        return Json.object()
                .put("serialNumber", "7886622")
                .put("publicId", publicId.toString())
                .put("privateId", "b74be6169486")
                .put("aesKey", "1fcc6d8ce39bf1604e0b17f3e0a11067");
    }

    static ObjectNode of(String type, String provider) {
        return Json.object().put("factorType", type).put("provider", provider);
    }

    static ObjectNode aboutFood(String answer) {
        ObjectNode body = of("question", "OKTA");
        body.putObject("profile").put("question", "disliked_food").put("answer", answer);
        return body;
    }

    /** A phone whose number nobody has. */
    static ObjectNode phone(Stock stock, String type) {
        AuthenticatorExamples.voice(stock);
        ObjectNode body = of(type, "OKTA");
        int digits = Math.floorMod(stock.name().hashCode(), 100_000_000);
        body.putObject("profile").put("phoneNumber", "+49%08d".formatted(digits));
        return body;
    }

    static Made made(Stock stock, String user, String query, ObjectNode body) {
        return new Made(
                user,
                stock.http()
                        .post("/api/v1/users/" + user + "/factors" + query, body)
                        .expect(200)
                        .json());
    }

    private static Made question(Stock stock) {
        return made(stock, stock.staged(), "", aboutFood("mayonnaise"));
    }

    private static Made token(Stock stock) {
        return made(stock, stock.staged(), "", of("token:software:totp", "OKTA"));
    }

    private static Made mailed(Stock stock, String login, String query) {
        String user =
                stock.http()
                        .post("/api/v1/users?activate=false", Directory.newUser(login))
                        .expect(200)
                        .text("id");
        return made(stock, user, query.isEmpty() ? "" : "?" + query, of("email", "OKTA"));
    }

    private static Made formerPhone(Stock stock) {
        Made made = made(stock, stock.staged(), "?activate=true", phone(stock, "sms"));
        stock.http()
                .delete(
                        "/api/v1/users/"
                                + made.user()
                                + "/factors/"
                                + made.factor().path("id").asString())
                .expect(204);
        return made;
    }
}
