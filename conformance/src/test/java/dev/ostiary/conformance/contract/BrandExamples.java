package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tags Brands and Themes. */
final class BrandExamples implements Examples.Family {

    private static final String VARIABLE = "brandId";

    @Override
    public void say(Examples examples) {
        examples.of("listBrands", stock -> Call.plain());
        examples.of("createBrand", stock -> Call.plain().body(brand(stock)));
        examples.of("getBrand", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("replaceBrand", stock -> Call.on(VARIABLE, made(stock)).body(whole(stock)));
        examples.of("deleteBrand", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("listBrandDomains", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("listBrandThemes", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("getBrandTheme", BrandExamples::onTheme);
        examples.of("replaceBrandTheme", stock -> onTheme(stock).body(look()));
    }

    /** A brand that can be made: there are 201 at most, so others have gone. */
    private static ObjectNode brand(Stock stock) {
        var brands = stock.http().get("/api/v1/brands?limit=200").expect(200).json();
        if (brands.size() > 150) {
            brands.valueStream()
                    .filter(brand -> !brand.path("isDefault").booleanValue())
                    .limit(50)
                    .forEach(
                            brand ->
                                    stock.http()
                                            .delete(
                                                    "/api/v1/brands/"
                                                            + brand.path("id").asString()));
        }
        return Json.object().put("name", stock.name());
    }

    private static ObjectNode whole(Stock stock) {
        return brand(stock)
                .put("agreeToCustomPrivacyPolicy", true)
                .put("customPrivacyPolicyUrl", "https://example.com/privacy")
                .put("removePoweredByOkta", true)
                .put("locale", "fr");
    }

    /** The id of a brand that was just made. */
    static String made(Stock stock) {
        return stock.http().post("/api/v1/brands", brand(stock)).expect(201).text("id");
    }

    private static Call onTheme(Stock stock) {
        String brand = made(stock);
        String theme =
                stock.http()
                        .get("/api/v1/brands/" + brand + "/themes")
                        .expect(200)
                        .json()
                        .get(0)
                        .path("id")
                        .asString();
        return Call.on(VARIABLE, brand).and("themeId", theme);
    }

    private static ObjectNode look() {
        return Json.object()
                .put("primaryColorHex", "#1662dd")
                .put("secondaryColorHex", "#ebebed")
                .put("signInPageTouchPointVariant", "OKTA_DEFAULT")
                .put("endUserDashboardTouchPointVariant", "OKTA_DEFAULT")
                .put("errorPageTouchPointVariant", "OKTA_DEFAULT")
                .put("emailTemplateTouchPointVariant", "OKTA_DEFAULT");
    }
}
