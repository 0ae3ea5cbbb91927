package dev.ostiary.conformance.pages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SuiteServer.class)
@DisplayName("An error, for a person")
class ErrorPagesTest {

    private static final String BROWSER =
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
    private static final Pattern FILES = Pattern.compile("(?:href|src)=\"(/assets/[^\"]+)\"");

    private final Org org;

    ErrorPagesTest(Org org) {
        this.org = org;
    }

    private Http browser(String language) {
        return org.nobody().with("Accept", BROWSER).with("Accept-Language", language);
    }

    @Test
    @DisplayName("P12 P36 is a page where a browser asks for what is not there")
    void notFound() {
        Answer page = browser("en").get("/no/such/page").expect(404);
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.text()).startsWith("<!DOCTYPE html>").contains("Page not found");
        assertThat(page.header("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe", "*");
        assertThat(page.lines("Content-Security-Policy")).hasSize(1);
        assertThat(page.header("Cache-Control")).contains("no-cache, no-store");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("X-Frame-Options")).contains("DENY");
        assertThat(page.header("Referrer-Policy")).contains("same-origin");
        assertThat(page.header("Strict-Transport-Security")).isPresent();
        assertThat(page.header("X-Okta-Request-Id")).isPresent();
    }

    @Test
    @DisplayName("P15 is in the browser's language")
    void languages() {
        assertThat(browser("de-DE,de;q=0.9").get("/nope").expect(404).text())
                .contains("<html lang=\"de\">")
                .contains("Seite nicht gefunden");
        assertThat(browser("ja").get("/nope").expect(404).text())
                .contains("<html lang=\"ja\">")
                .contains("ページが見つかりません");
        assertThat(browser("tlh").get("/nope").expect(404).text()).contains("<html lang=\"en\">");
    }

    @Test
    @DisplayName("P17 is the error object for a program, and below the API for everybody")
    void programs() {
        org.nobody().get("/no/such/page").expect(404, "E0000008");
        org.nobody().with("Accept", "*/*").get("/no/such/page").expect(404, "E0000008");
        org.nobody()
                .with("Accept", "application/json, text/html")
                .get("/nope")
                .expect(404, "E0000008");
        browser("en").get("/api/v1/nope").expect(404, "E0000008");
        browser("en").get("/oauth2/nope").expect(404, "E0000008");
        browser("en").get("/.well-known/nope").expect(404, "E0000008");
    }

    @Test
    @DisplayName("P18 says nothing of what was asked for")
    void echo() {
        String page = browser("en").get("/%3Cscript%3Ealert(1)%3C/script%3E").expect(404).text();
        assertThat(page).doesNotContain("alert(1)");
    }

    @Test
    @DisplayName("has the brand's name and colours, and its files are kept for ever")
    void brand() {
        Answer brands = org.http().get("/api/v1/brands").expect(200);
        String brand = brands.json().path(0).path("id").asString();
        String name = "Löwenzahn <b>& Söhne";
        org.http()
                .put(
                        "/api/v1/brands/" + brand,
                        Json.object()
                                .put("name", name)
                                .put("removePoweredByOkta", true)
                                .put("agreeToCustomPrivacyPolicy", true)
                                .put("customPrivacyPolicyUrl", "https://example.com/p?a=1&b=2"))
                .expect(200);
        String theme = "/api/v1/brands/" + brand + "/themes";
        String id = org.http().get(theme).expect(200).json().path(0).path("id").asString();
        org.http()
                .put(
                        theme + "/" + id,
                        Json.object()
                                .put("primaryColorHex", "#7A1FA2")
                                .put("secondaryColorHex", "#0b3d2e")
                                .put("signInPageTouchPointVariant", "BACKGROUND_SECONDARY_COLOR")
                                .put("endUserDashboardTouchPointVariant", "FULL_THEME")
                                .put("errorPageTouchPointVariant", "OKTA_DEFAULT")
                                .put("emailTemplateTouchPointVariant", "OKTA_DEFAULT"))
                .expect(200);
        String page = browser("en").get("/nope").expect(404).text();
        assertThat(page)
                .contains("Löwenzahn &lt;b&gt;&amp; Söhne")
                .contains("href=\"https://example.com/p?a=1&amp;b=2\"")
                .contains("/assets/pages/theme-7a1fa2-ffffff-0b3d2e.css")
                .doesNotContain("<b>", "Powered by");
        List<String> files = FILES.matcher(page).results().map(match -> match.group(1)).toList();
        assertThat(files).hasSize(4);
        for (String file : files) {
            Answer answer = org.nobody().get(file).expect(200);
            assertThat(answer.lines("Cache-Control"))
                    .containsExactly("public, max-age=31536000, immutable");
            assertThat(answer.lines("Pragma")).isEmpty();
            assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.bytes()).isNotEmpty();
        }
        org.nobody().get("/assets/pages/pages.css").expect(404);
        org.nobody().get("/assets/pages/..%2fpages.css").expect(404);
    }
}
