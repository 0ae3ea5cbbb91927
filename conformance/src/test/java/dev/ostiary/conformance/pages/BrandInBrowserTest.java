package dev.ostiary.conformance.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.microsoft.playwright.Page;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.SuiteServer;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ExtendWith(SuiteServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@DisplayName("Somebody in Chromium who comes to an org with a picture")
class BrandInBrowserTest {

    private static final String BOUNDARY = "the-picture";

    private final Org org;
    @AutoClose private final Visits visits;

    BrandInBrowserTest(Server server, Org org) {
        this.org = org;
        this.visits = new Visits(server, org);
    }

    @BeforeAll
    void start() throws IOException {
        visits.startOrSkip();
        String brand = firstId("/api/v1/brands");
        String themes = "/api/v1/brands/" + brand + "/themes";
        String theme = themes + "/" + firstId(themes);
        org.http()
                .put(
                        theme,
                        Json.object()
                                .put("primaryColorHex", "#1662dd")
                                .put("secondaryColorHex", "#ebebed")
                                .put("signInPageTouchPointVariant", "BACKGROUND_IMAGE")
                                .put("endUserDashboardTouchPointVariant", "OKTA_DEFAULT")
                                .put("errorPageTouchPointVariant", "OKTA_DEFAULT")
                                .put("emailTemplateTouchPointVariant", "OKTA_DEFAULT"))
                .expect(200);
        org.http()
                .with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .send("POST", theme + "/background-image", form(dusk()))
                .expect(201);
    }

    private String firstId(String list) {
        return org.http().get(list).expect(200).json().get(0).get("id").asString();
    }

    /** Light above, dark below, so that nothing could be read on all of it. */
    private static byte[] dusk() throws IOException {
        BufferedImage image = new BufferedImage(64, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = image.createGraphics();
        brush.setPaint(new GradientPaint(0, 0, Color.ORANGE, 0, 40, Color.DARK_GRAY));
        brush.fillRect(0, 0, 64, 40);
        brush.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return png.toByteArray();
    }

    private static byte[] form(byte[] file) {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(
                ("--"
                                + BOUNDARY
                                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n"
                                + "Content-Type: image/png\r\n\r\n")
                        .getBytes(US_ASCII));
        form.writeBytes(file);
        form.writeBytes(("\r\n--" + BOUNDARY + "--\r\n").getBytes(US_ASCII));
        return form.toByteArray();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName(
            "sees it behind the card on a screen that is wider than that, and reads what stands on it")
    void behind(Visitor visitor) {
        Page page = visits.open(visitor, "/signin");
        boolean wide = visitor.profile().viewportSize.orElseThrow().width > 480;
        if (wide) {
            assertThat(page.locator(".behind")).isVisible();
            page.waitForFunction("() => document.querySelector('.behind').naturalWidth === 64");
        } else {
            assertThat(page.locator(".behind")).isHidden();
        }
        Usable usable = new Usable(page, visitor);
        usable.check("sign-in-with-picture");
        usable.keyboard();
    }
}
