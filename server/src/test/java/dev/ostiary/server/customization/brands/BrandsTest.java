package dev.ostiary.server.customization.brands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.customization.pictures.Pictures;
import dev.ostiary.server.fixture.Ground;
import dev.ostiary.server.fixture.NoBrandDomains;
import dev.ostiary.server.fixture.Operations;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrandsTest {

    private static final String APP = "0oa00000000000000001";

    private final Ground ground;
    private final Operations operations;
    private final Org org;

    BrandsTest(DatabaseAccess access) {
        ground = new Ground(access);
        org = ground.acme;
        EventCatalogue events = EventCatalogue.load();
        BrandStore store = new BrandStore();
        operations =
                new Operations(
                        ground,
                        new Brands(
                                ground.database,
                                new Ids(ground.clock, new SecureRandom()),
                                ground.clock,
                                events,
                                store,
                                new NoBrandDomains(),
                                new OneApp(org, APP)),
                        new Themes(
                                ground.database,
                                ground.clock,
                                events,
                                store,
                                new Pictures(ground.database, new Tokens(new SecureRandom()))));
    }

    /** An org has one app, and no other has any. */
    private record OneApp(Org owner, String id) implements BrandApps {
        @Override
        public boolean has(Reader reader, Org org, String appId) {
            return org.equals(owner) && appId.equals(id);
        }
    }

    @AfterAll
    void close() {
        ground.close();
    }

    @Test
    @DisplayName(
            "P31 an org is born with a brand and its theme; what cannot be deleted is not said so")
    void born() {
        JsonNode brand = list(ground.other, "").get(0);
        String id = brand.path("id").asString();
        assertThat(id).startsWith("bnd").hasSize(20);
        assertThat(brand.propertyNames())
                .containsExactly(
                        "id",
                        "isDefault",
                        "name",
                        "agreeToCustomPrivacyPolicy",
                        "customPrivacyPolicyUrl",
                        "removePoweredByOkta",
                        "locale",
                        "defaultApp",
                        "_links");
        assertThat(brand.path("isDefault").asBoolean()).isTrue();
        assertThat(brand.path("defaultApp").toString())
                .isEqualTo(
                        "{\"appInstanceId\":null,\"appLinkName\":null,\"classicApplicationUri\":null}");
        assertThat(brand.at("/_links/self/hints/allow").toString()).isEqualTo("[\"GET\",\"PUT\"]");
        JsonNode theme =
                Json.parse(call(ground.other, "listBrandThemes", id, "", "").body()).get(0);
        assertThat(theme.path("id").asString()).startsWith("the").hasSize(20);
        assertThat(theme.path("primaryColorHex").asString()).isEqualTo("#1662dd");
        assertThat(theme.path("loadingPageTouchPointVariant").asString()).isEqualTo("NONE");
        error(() -> call(ground.other, "deleteBrand", id, "", ""), "E0000200");
        JsonNode expanded =
                Json.parse(call(ground.other, "getBrand", id, "expand=themes,domains", "").body());
        assertThat(expanded.at("/_embedded/themes/0")).isEqualTo(theme);
        assertThat(expanded.at("/_embedded/domains").size()).isZero();
        assertThat(brand.has("_embedded")).isFalse();
    }

    @Test
    @DisplayName("P24 P38 brands are made, found, changed and deleted, each with its event")
    void life() {
        String id = make("Wharf");
        error(() -> make("WHARF"), "E0000202");
        error(
                () -> make(" "),
                "E0000001",
                "name: must not be blank, reserved, or longer than 255 characters");
        error(
                () -> make("DRAPP_DOMAIN_BRAND"),
                "E0000001",
                "name: must not be blank, reserved, or longer than 255 characters");
        assertThat(list(org, "q=whar").findValuesAsString("id")).contains(id);
        Reply first = operations.call(org, "listBrands", "limit=1", "");
        assertThat(Json.parse(first.body()).get(0).path("isDefault").asBoolean()).isTrue();
        assertThat(first.headers().toString()).contains("rel=\"next\"");

        String whole =
                """
                {"name":"Wharf 2","agreeToCustomPrivacyPolicy":true,
                 "customPrivacyPolicyUrl":"https://example.com/privacy","removePoweredByOkta":true,
                 "locale":"pt-BR"}""";
        JsonNode changed = Json.parse(call(org, "replaceBrand", id, "", whole).body());
        assertThat(changed.path("customPrivacyPolicyUrl").asString())
                .isEqualTo("https://example.com/privacy");
        assertThat(changed.path("locale").asString()).isEqualTo("pt-BR");
        assertThat(Json.parse(call(org, "getBrand", id, "", "").body())).isEqualTo(changed);
        int before = operations.events(org).size();
        call(org, "replaceBrand", id, "", whole);
        assertThat(operations.events(org)).hasSize(before);
        assertThat(
                        operations
                                .event(org, "system.brand.update")
                                .at("/target/0/detailEntry/brandName")
                                .asString())
                .isEqualTo("Wharf 2");

        assertThat(call(org, "deleteBrand", id, "", "").status()).isEqualTo(204);
        error(() -> call(org, "getBrand", id, "", ""), "E0000007");
        assertThat(operations.events(org)).contains("system.brand.create", "system.brand.delete");
    }

    @Test
    @DisplayName("P6 P18 what a brand cannot be is refused in the words of the reference")
    void refused() {
        String id = make("Refused");
        replaced(
                id,
                "\"customPrivacyPolicyUrl\":\"randomValue\"",
                "E0000001",
                "customPrivacyPolicyUrl: Is not a valid URL. Valid example: http://www.okta.com");
        replaced(
                id,
                "\"agreeToCustomPrivacyPolicy\":true,\"customPrivacyPolicyUrl\":\"javascript://x/%0aalert(1)\"",
                "E0000001",
                "customPrivacyPolicyUrl: Is not a valid URL. Valid example: http://www.okta.com");
        replaced(
                id,
                "\"customPrivacyPolicyUrl\":\"https://example.com\"",
                "E0000001",
                "agreeToCustomPrivacyPolicy: Please provide your consent for updating the custom privacy policy URL.");
        replaced(id, "\"emailDomainId\":\"OeD1\"", "E0000198");
        replaced(
                id,
                "\"defaultApp\":{\"appInstanceId\":\"0oa1\"}",
                "E0000001",
                "defaultApp.appInstanceId: must be the id of an app");
        replaced(
                id,
                "\"defaultApp\":{\"appLinkName\":\"" + "l".repeat(256) + "\"}",
                "E0000001",
                "defaultApp.appLinkName: is too long");
        replaced(
                id,
                "\"locale\":\"no such language\"",
                "E0000001",
                "locale: must be a language tag, such as en or pt-BR");
    }

    @Test
    @DisplayName(
            "given an app of the org, when a brand names it, then that is read as it was said, alone and in lists")
    void defaultApp() {
        String id = make("Into the app");
        String said =
                """
                {"appInstanceId":"%s","appLinkName":"oidc_client_link",\
                "classicApplicationUri":"/home/app"}"""
                        .formatted(APP);

        JsonNode changed = naming(org, id, said);

        assertThat(changed.path("defaultApp").toString()).isEqualTo(said);
        assertThat(Json.parse(call(org, "getBrand", id, "", "").body())).isEqualTo(changed);
        assertThat(list(org, "q=into").get(0)).isEqualTo(changed);
        int before = operations.events(org).size();
        naming(org, id, said);
        assertThat(operations.events(org)).hasSize(before);
        assertThat(naming(org, id, "{}").path("defaultApp").toString())
                .isEqualTo(
                        "{\"appInstanceId\":null,\"appLinkName\":null,\"classicApplicationUri\":null}");
        assertThat(operations.events(org)).hasSize(before + 1);
    }

    @Test
    @DisplayName("given an app of another org, when a brand names it, then there is no such app")
    void appOfAnotherOrg() {
        String id = list(ground.other, "").get(0).path("id").asString();

        error(
                () -> naming(ground.other, id, "{\"appInstanceId\":\"" + APP + "\"}"),
                "E0000001",
                "defaultApp.appInstanceId: must be the id of an app");
        assertThat(list(ground.other, "").get(0).at("/defaultApp/appInstanceId").isNull()).isTrue();
    }

    private JsonNode naming(Org where, String id, String app) {
        String body = "{\"name\":\"Into the app\",\"defaultApp\":" + app + "}";
        return Json.parse(call(where, "replaceBrand", id, "", body).body());
    }

    private void replaced(String id, String field, String code, String... causes) {
        error(
                () -> call(org, "replaceBrand", id, "", "{\"name\":\"Refused\"," + field + "}"),
                code,
                causes);
    }

    @Test
    @DisplayName("P6 P38 a theme is changed, its contrast found; all that is wrong is told at once")
    void themes() {
        String brand = make("Painted");
        JsonNode theme = Json.parse(call(org, "listBrandThemes", brand, "", "").body()).get(0);
        String id = theme.path("id").asString();
        String look =
                """
                {"primaryColorHex":"#ffee00","secondaryColorHex":"#101010",
                 "signInPageTouchPointVariant":"OKTA_DEFAULT",
                 "endUserDashboardTouchPointVariant":"WHITE_LOGO_BACKGROUND",
                 "errorPageTouchPointVariant":"BACKGROUND_SECONDARY_COLOR",
                 "emailTemplateTouchPointVariant":"OKTA_DEFAULT"}""";
        JsonNode changed = theme(org, "replaceBrandTheme", brand, id, look);
        assertThat(changed.path("primaryColorContrastHex").asString()).isEqualTo("#000000");
        assertThat(changed.path("secondaryColorContrastHex").asString()).isEqualTo("#ffffff");
        assertThat(theme(org, "getBrandTheme", brand, id, "")).isEqualTo(changed);
        assertThat(operations.events(org)).contains("system.theme.update");
        error(
                () ->
                        theme(
                                org,
                                "replaceBrandTheme",
                                brand,
                                id,
                                look.replace("#ffee00", "#16").replace("OKTA_DEFAULT", "RANDOM")),
                "E0000001",
                "primaryColorHex: Invalid color hex: #16.",
                "signInPageTouchPointVariant: 'RANDOM' is invalid. Valid values: [OKTA_DEFAULT,"
                        + " BACKGROUND_SECONDARY_COLOR, BACKGROUND_IMAGE].",
                "emailTemplateTouchPointVariant: 'RANDOM' is invalid. Valid values: [OKTA_DEFAULT,"
                        + " FULL_THEME].");
        error(() -> theme(org, "getBrandTheme", make("Bare"), id, ""), "E0000007");
        error(() -> theme(ground.other, "getBrandTheme", brand, id, ""), "E0000007");
    }

    @Test
    @DisplayName("P40 a brand of another org is none")
    void otherOrgs() {
        String id = make("Ours");
        for (String operation : List.of("getBrand", "deleteBrand", "listBrandDomains")) {
            error(() -> call(ground.other, operation, id, "", ""), "E0000007");
        }
        error(() -> call(ground.other, "replaceBrand", id, "", "{\"name\":\"x\"}"), "E0000007");
        assertThat(list(ground.other, "q=ours").size()).isZero();
    }

    @Test
    @DisplayName("P39 of brands that are made at once by one name, one is")
    void race() throws Exception {
        List<String> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<String>> attempts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                attempts.add(threads.submit(() -> attempt("Contested")));
            }
            for (Future<String> attempt : attempts) {
                outcomes.add(attempt.get());
            }
        }
        assertThat(outcomes).containsExactlyInAnyOrder("made", "E0000202", "E0000202", "E0000202");
    }

    private String attempt(String name) {
        try {
            make(name);
            return "made";
        } catch (ApiException e) {
            return e.code();
        }
    }

    private String make(String name) {
        Reply reply = operations.call(org, "createBrand", "", "{\"name\":\"%s\"}".formatted(name));
        assertThat(reply.status()).isEqualTo(201);
        return Json.parse(reply.body()).path("id").asString();
    }

    private JsonNode list(Org where, String query) {
        return Json.parse(operations.call(where, "listBrands", query, "").body());
    }

    private JsonNode theme(Org where, String operation, String brand, String id, String body) {
        return Json.parse(
                operations
                        .call(where, operation, Map.of("brandId", brand, "themeId", id), "", body)
                        .body());
    }

    private Reply call(Org where, String operation, String id, String query, String body) {
        return operations.call(where, operation, Map.of("brandId", id), query, body);
    }

    private static void error(ThrowingCallable work, String code, String... causes) {
        assertThatThrownBy(work)
                .isInstanceOfSatisfying(
                        ApiException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(code);
                            assertThat(e.causes()).containsAll(List.of(causes));
                        });
    }
}
