package dev.ostiary.server.signin.authenticators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.signin.factors.FactorKind;
import dev.ostiary.server.signin.factors.SecurityKeyRules;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Authenticators")
class AuthenticatorsTest {

    private final TestDirectory directory;

    AuthenticatorsTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        directory.bind(
                new Authenticators(
                        directory.database(),
                        directory.ids(),
                        directory.time(),
                        EventCatalogue.load(),
                        name -> List.of()));
    }

    @AfterAll
    void close() {
        directory.close();
    }

    private JsonNode call(Org org, String operation, Map<String, String> variables, String body) {
        return TestDirectory.json(directory.call(org, operation, variables, "", body));
    }

    private JsonNode list(Org org) {
        return call(org, "listAuthenticators", Map.of(), "");
    }

    private String id(Org org, String key) {
        return list(org)
                .valueStream()
                .filter(each -> each.path("key").asString().equals(key))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asString();
    }

    private JsonNode on(Org org, String operation, String id, String body) {
        return call(org, operation, Map.of("authenticatorId", id), body);
    }

    private Set<FactorKind> available(Org org) {
        return directory
                .database()
                .read(org.number(), reader -> new OrgAuthenticators().available(reader, org));
    }

    private static void refused(ThrowingCallable call, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ApiException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    @Test
    @DisplayName(
            "a fresh org has five, whose ids are its own; each keeps its id when it is changed")
    void fresh() {
        Org org = directory.org("authenticators-fresh");
        JsonNode all = list(org);
        assertThat(all.valueStream().map(each -> each.path("key").asString()))
                .containsExactly(
                        "okta_email",
                        "okta_password",
                        "phone_number",
                        "security_question",
                        "okta_verify");
        assertThat(all.valueStream().map(each -> each.path("id").asString()))
                .allMatch(id -> id.matches("aut\\w{17}") && id.endsWith(org.tail()))
                .doesNotHaveDuplicates();
        assertThat(all.at("/0/settings").toString())
                .isEqualTo("{\"allowedFor\":\"recovery\",\"tokenLifetimeInMinutes\":5}");
        assertThat(all.at("/0/_links").propertyNames())
                .containsExactly("self", "methods", "deactivate");
        assertThat(all.at("/1/_links").propertyNames()).containsExactly("self", "methods");
        String email = id(org, "okta_email");
        JsonNode changed =
                on(
                        org,
                        "replaceAuthenticator",
                        email,
                        "{\"key\":\"okta_email\",\"name\":\"Mail\",\"settings\":"
                                + "{\"allowedFor\":\"any\"}}");
        assertThat(changed.path("id").asString()).isEqualTo(email);
        assertThat(changed.path("settings").toString())
                .isEqualTo("{\"allowedFor\":\"any\",\"tokenLifetimeInMinutes\":5}");
        assertThat(list(org)).hasSize(5);
        refused(
                () ->
                        on(
                                org,
                                "replaceAuthenticator",
                                email,
                                "{\"settings\":{\"allowedFor\":\"all\",\"tokenLifetimeInMinutes\":0}}"),
                "E0000001");
        refused(
                () ->
                        on(
                                org,
                                "replaceAuthenticator",
                                email,
                                "{\"key\":\"webauthn\",\"name\":\"Mail\"}"),
                "E0000001");
        refused(() -> on(org, "replaceAuthenticator", email, "{}"), "E0000001");
    }

    @Test
    @DisplayName("what is inactive, or whose method is, can be had by nobody")
    void availability() {
        Org org = directory.org("authenticators-available");
        assertThat(available(org))
                .containsExactlyInAnyOrder(
                        FactorKind.QUESTION,
                        FactorKind.SMS,
                        FactorKind.CALL,
                        FactorKind.EMAIL,
                        FactorKind.TOTP,
                        FactorKind.PUSH);
        String phone = id(org, "phone_number");
        Map<String, String> voice = Map.of("authenticatorId", phone, "methodType", "voice");
        call(org, "deactivateAuthenticatorMethod", voice, "");
        assertThat(available(org)).contains(FactorKind.SMS).doesNotContain(FactorKind.CALL);
        on(org, "deactivateAuthenticator", phone, "");
        assertThat(available(org)).doesNotContain(FactorKind.SMS, FactorKind.CALL);
        on(org, "activateAuthenticator", phone, "");
        assertThat(available(org)).contains(FactorKind.SMS).doesNotContain(FactorKind.CALL);
        refused(
                () ->
                        call(
                                org,
                                "deactivateAuthenticatorMethod",
                                Map.of("authenticatorId", phone, "methodType", "sms"),
                                ""),
                "E0000001");
        refused(() -> on(org, "deactivateAuthenticator", id(org, "okta_password"), ""), "E0000148");
        assertThat(directory.events(org))
                .extracting(each -> each.substring(0, each.indexOf(' ')))
                .containsExactly(
                        "security.authenticator.lifecycle.update",
                        "security.authenticator.lifecycle.deactivate",
                        "security.authenticator.lifecycle.activate");
    }

    @Test
    @DisplayName("P39 of many who make the same one is made; keys of other services are not served")
    void made() throws Exception {
        Org org = directory.org("authenticators-made");
        Callable<String> make =
                () -> {
                    try {
                        return call(
                                        org,
                                        "createAuthenticator",
                                        Map.of(),
                                        "{\"key\":\"webauthn\",\"name\":\"Keys\"}")
                                .path("status")
                                .asString();
                    } catch (ApiException e) {
                        return e.code();
                    }
                };
        List<String> outcomes = AtOnce.call(Collections.nCopies(12, make));
        assertThat(outcomes).containsOnlyOnce("ACTIVE");
        assertThat(Collections.frequency(outcomes, "E0000001")).isEqualTo(11);
        assertThat(available(org)).contains(FactorKind.WEBAUTHN);
        refused(() -> call(org, "createAuthenticator", Map.of(), "{\"key\":\"duo\"}"), "E0000060");
        refused(() -> call(org, "createAuthenticator", Map.of(), "{\"key\":\"mine\"}"), "E0000001");
        refused(() -> call(org, "createAuthenticator", Map.of(), "{}"), "E0000001");
    }

    private static final String AAGUID = "cb69481e-8ff7-4039-93ec-0a2729111111";

    private JsonNode model(Org org, String operation, String keys, String body) {
        return call(org, operation, Map.of("authenticatorId", keys, "aaguid", AAGUID), body);
    }

    @Test
    @DisplayName("models of security keys are kept, changed in part, replaced, and gone")
    void models() {
        Org org = directory.org("authenticators-models");
        String keys =
                call(org, "createAuthenticator", Map.of(), "{\"key\":\"webauthn\"}")
                        .path("id")
                        .asString();
        JsonNode made =
                on(
                        org,
                        "createCustomAAGUID",
                        keys,
                        "{\"aaguid\":\""
                                + AAGUID.toUpperCase(Locale.ROOT)
                                + "\",\"name\":\"Ours\",\"authenticatorCharacteristics\":"
                                + "{\"fipsCompliant\":true}}");
        assertThat(made.path("aaguid").asString()).isEqualTo(AAGUID);
        assertThat(made.at("/authenticatorCharacteristics").toString())
                .isEqualTo(
                        "{\"platformAttached\":false,\"fipsCompliant\":true,"
                                + "\"hardwareProtected\":false}");
        assertThat(on(org, "listAllCustomAAGUIDs", keys, "")).containsExactly(made);
        refused(
                () -> on(org, "createCustomAAGUID", keys, "{\"aaguid\":\"" + AAGUID + "\"}"),
                "E0000001");
        refused(() -> on(org, "createCustomAAGUID", keys, "{\"aaguid\":\"1\"}"), "E0000001");
        String other = AAGUID.replace(AAGUID.charAt(0), '0');
        refused(
                () ->
                        on(
                                org,
                                "createCustomAAGUID",
                                keys,
                                "{\"aaguid\":\"" + other + "\",\"name\":\"\"}"),
                "E0000001");
        refused(
                () ->
                        model(
                                org,
                                "updateCustomAAGUID",
                                keys,
                                "{\"attestationRootCertificates\":[{\"x5c\":\"AAAA\"}]}"),
                "E0000001");
        JsonNode changed =
                model(
                        org,
                        "updateCustomAAGUID",
                        keys,
                        "{\"authenticatorCharacteristics\":{\"hardwareProtected\":true}}");
        assertThat(changed.path("name").asString()).isEqualTo("Ours");
        assertThat(changed.at("/authenticatorCharacteristics/fipsCompliant").booleanValue())
                .isTrue();
        assertThat(asked(org).models().values())
                .singleElement()
                .satisfies(model -> assertThat(model.hardware() && model.fips()).isTrue());
        JsonNode replaced = model(org, "replaceCustomAAGUID", keys, "{\"name\":\"Theirs\"}");
        assertThat(replaced.at("/authenticatorCharacteristics/fipsCompliant").booleanValue())
                .isFalse();
        Org there = directory.org("authenticators-models-there");
        TestDirectory.notFound(
                () -> model(there, "getCustomAAGUID", keys, ""), keys, "Authenticator");
        TestDirectory.notFound(
                () -> model(org, "getCustomAAGUID", id(org, "okta_email"), ""),
                id(org, "okta_email"),
                "Authenticator");
        directory.call(
                org,
                "deleteCustomAAGUID",
                Map.of("authenticatorId", keys, "aaguid", AAGUID),
                "",
                "");
        TestDirectory.notFound(
                () -> model(org, "getCustomAAGUID", keys, ""), AAGUID, "CustomAAGUID");
    }

    private SecurityKeyRules asked(Org org) {
        return directory
                .database()
                .read(org.number(), reader -> new OrgAuthenticators().keys(reader, org));
    }

    @Test
    @DisplayName("what is asked of security keys is what their method says, and no more is taken")
    void keys() {
        Org org = directory.org("authenticators-keys");
        assertThat(asked(org)).isEqualTo(SecurityKeyRules.STANDARD);
        String keys =
                call(org, "createAuthenticator", Map.of(), "{\"key\":\"webauthn\"}")
                        .path("id")
                        .asString();
        assertThat(asked(org)).isEqualTo(SecurityKeyRules.STANDARD);
        Map<String, String> method = Map.of("authenticatorId", keys, "methodType", "webauthn");
        JsonNode set =
                call(
                        org,
                        "replaceAuthenticatorMethod",
                        method,
                        "{\"settings\":{\"userVerification\":\"REQUIRED\","
                                + "\"attachment\":\"BUILT_IN\"}}");
        assertThat(set.at("/settings/userVerificationForVerify").asString()).isEqualTo("REQUIRED");
        assertThat(asked(org).attachment()).isEqualTo(SecurityKeyRules.Attachment.BUILT_IN);
        for (String elsewhere :
                List.of("{\"showSignInWithAPasskeyButton\":true}", "{\"enableAutofillUI\":true}")) {
            refused(
                    () ->
                            call(
                                    org,
                                    "replaceAuthenticatorMethod",
                                    method,
                                    "{\"settings\":" + elsewhere + "}"),
                    "E0000060");
        }
        refused(
                () ->
                        call(
                                org,
                                "replaceAuthenticatorMethod",
                                method,
                                "{\"settings\":{\"attachment\":\"GLUED\"}}"),
                "E0000001");
        refused(() -> call(org, "replaceAuthenticatorMethod", method, "{}"), "E0000001");
        assertThat(asked(org).enrolment()).isEqualTo(SecurityKeyRules.Wish.REQUIRED);
    }

    @Test
    @DisplayName("P40 another org's authenticator is as none")
    void apart() {
        Org here = directory.org("authenticators-here");
        Org there = directory.org("authenticators-there");
        String id = id(here, "phone_number");
        for (String operation :
                List.of(
                        "getAuthenticator",
                        "deactivateAuthenticator",
                        "listAuthenticatorMethods")) {
            TestDirectory.notFound(() -> on(there, operation, id, ""), id, "Authenticator");
        }
        assertThat(on(here, "getAuthenticator", id, "").path("status").asString())
                .isEqualTo("ACTIVE");
    }
}
