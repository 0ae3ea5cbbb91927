package dev.ostiary.server;

import static dev.ostiary.server.apps.TestApps.id;
import static dev.ostiary.server.apps.TestApps.json;
import static dev.ostiary.server.apps.TestApps.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.apps.TestApps;
import dev.ostiary.server.customization.brands.BrandFarewells;
import dev.ostiary.server.customization.brands.BrandStore;
import dev.ostiary.server.customization.brands.Brands;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.fixture.NoBrandDomains;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** Brands and apps as the house joins them. */
@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("The default app of a brand")
class DefaultAppTest {

    private static final String NO_APP = "defaultApp.appInstanceId: must be the id of an app";

    private final TestApps apps;
    private final TestDirectory directory;

    DefaultAppTest(DatabaseAccess access) {
        BrandStore brands = new BrandStore();
        EventCatalogue events = EventCatalogue.load();
        apps =
                new TestApps(
                        access,
                        new BrandEnd(new BrandFarewells(brands, InstantSource.system(), events)));
        directory = apps.directory;
        directory.bind(
                new Brands(
                        directory.database(),
                        directory.ids(),
                        directory.time(),
                        events,
                        brands,
                        new NoBrandDomains(),
                        Applications.forBrands()));
    }

    @AfterAll
    void close() {
        apps.close();
    }

    @Test
    @DisplayName("given an app of the org or one that every org has, then a brand may name it")
    void named() {
        Org org = directory.org("default-app-named");
        String brand = brand(org, "Named");
        String app = id(apps.bookmark(org, "News"));
        String builtIn = id(json(apps.list(org, "filter=name+eq+%22okta_enduser%22")).get(0));

        name(org, brand, app);

        assertThat(named(org, brand)).isEqualTo(app);
        name(org, brand, builtIn);
        assertThat(named(org, brand)).isEqualTo(builtIn);
    }

    @Test
    @DisplayName("given an app that is gone, or another org's, then no brand may name it")
    void refusals() {
        Org org = directory.org("default-app-refused");
        Org other = directory.org("default-app-other");
        String brand = brand(org, "Refused");
        String gone = id(apps.bookmark(org, "Gone"));
        delete(org, gone);

        refused(() -> name(org, brand, gone), "E0000001", NO_APP);
        refused(() -> name(org, brand, id(apps.bookmark(other, "Theirs"))), "E0000001", NO_APP);
        refused(() -> name(org, brand, "no id"), "E0000001", NO_APP);
        assertThat(named(org, brand)).isEmpty();
    }

    @Test
    @DisplayName(
            "given brands that name an app, when it is deleted, then they forget it, and the log says so")
    void forgotten() {
        Org org = directory.org("default-app-forgotten");
        String byDefault = id(json(brands(org)).get(0));
        String brand = brand(org, "Forgetful");
        String faithful = brand(org, "Faithful");
        String app = id(apps.bookmark(org, "Short-lived"));
        String kept = id(apps.bookmark(org, "Kept"));
        name(org, byDefault, app);
        name(org, brand, app);
        name(org, faithful, kept);

        delete(org, app);

        assertThat(json(get(org, brand)).path("defaultApp").toString())
                .isEqualTo(
                        "{\"appInstanceId\":null,\"appLinkName\":null,\"classicApplicationUri\":\"/there\"}");
        assertThat(json(get(org, brand)).path("name").asString()).isEqualTo("Brand " + brand);
        assertThat(named(org, byDefault)).isEmpty();
        assertThat(named(org, faithful)).isEqualTo(kept);
        assertThat(directory.events(org))
                .filteredOn(event -> event.equals("system.brand.update Brand:" + brand))
                .hasSize(2);
        assertThat(directory.events(org))
                .filteredOn(event -> event.equals("system.brand.update Brand:" + faithful))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "given an app that is deleted while brands come to name it, then none does afterwards")
    void race() throws Exception {
        Org org = directory.org("default-app-race");
        List<String> brands = List.of(brand(org, "A"), brand(org, "B"), brand(org, "C"));
        for (int round = 0; round < 5; round++) {
            String app = id(apps.bookmark(org, "Contested"));
            apps.on(org, "deactivateApplication", app);

            AtOnce.call(
                    List.of(
                            () -> attempt(org, brands.get(0), app),
                            () -> attempt(org, brands.get(1), app),
                            () -> apps.on(org, "deleteApplication", app).status() == 204,
                            () -> attempt(org, brands.get(2), app)));

            assertThat(brands).allSatisfy(brand -> assertThat(named(org, brand)).isEmpty());
        }
    }

    /** Whether the brand named the app, or came too late. */
    private boolean attempt(Org org, String brand, String app) {
        try {
            name(org, brand, app);
            return true;
        } catch (ApiException late) {
            assertThat(late.causes()).containsExactly(NO_APP);
            return false;
        }
    }

    private String brand(Org org, String name) {
        return id(
                json(
                        directory.call(
                                org, "createBrand", Map.of(), "", "{\"name\":\"" + name + "\"}")));
    }

    private Reply brands(Org org) {
        return directory.call(org, "listBrands", Map.of(), "");
    }

    private Reply get(Org org, String brand) {
        return directory.call(org, "getBrand", Map.of("brandId", brand), "");
    }

    private void name(Org org, String brand, String app) {
        String body =
                """
                {"name": "Brand %s", "defaultApp": {"appInstanceId": "%s",
                 "appLinkName": "bookmark_link", "classicApplicationUri": "/there"}}"""
                        .formatted(brand, app);
        directory.call(org, "replaceBrand", Map.of("brandId", brand), "", body);
    }

    /** The id of the app that a brand names; empty for none. */
    private String named(Org org, String brand) {
        JsonNode app = json(get(org, brand)).at("/defaultApp/appInstanceId");
        return app.asString("");
    }

    private void delete(Org org, String app) {
        apps.on(org, "deactivateApplication", app);
        assertThat(apps.on(org, "deleteApplication", app).status()).isEqualTo(204);
    }
}
