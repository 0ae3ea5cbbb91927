package dev.ostiary.conformance.contract;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Pictures that are uploaded, and the way to them. */
final class PictureExamples implements Examples.Family {

    /** One pixel. */
    static final String PNG =
            latin1(
                    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static final String DRAWING =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 8 8\"><path d=\"M0 0h8v8z\"/></svg>";

    private static String latin1(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void say(Examples examples) {
        for (String picture : List.of(PNG, DRAWING)) {
            examples.of(
                    "uploadApplicationLogo",
                    stock ->
                            Call.on("appId", AppExamples.client(stock))
                                    .sending(Call.Form.file(picture)));
        }
        for (String part : List.of("Logo", "Favicon", "BackgroundImage")) {
            examples.of(
                    "uploadBrandTheme" + part, stock -> theme(stock).sending(Call.Form.file(PNG)));
            examples.of("deleteBrandTheme" + part, PictureExamples::theme);
        }
        examples.of("uploadOrgLogoImage", stock -> Call.plain().sending(Call.Form.file(PNG)));
        examples.answers("getUploadedPicture", "image/png");
        examples.mayBeKept("getUploadedPicture");
        examples.of("getUploadedPicture", stock -> Call.on("fileName", uploaded(stock)));
    }

    private static Call theme(Stock stock) {
        JsonNode brand = stock.http().get("/api/v1/brands").expect(200).json().get(0);
        String id = brand.path("id").asString();
        String theme =
                stock.http()
                        .get("/api/v1/brands/" + id + "/themes")
                        .expect(200)
                        .json()
                        .get(0)
                        .path("id")
                        .asString();
        return Call.on("brandId", id).and("themeId", theme);
    }

    private static String uploaded(Stock stock) {
        Call.Form picture = Call.Form.file(PNG);
        String path = "/api/v1/apps/" + AppExamples.client(stock) + "/logo";
        String location =
                stock.http()
                        .with("Content-Type", picture.type())
                        .send("POST", path, picture.bytes())
                        .expect(201)
                        .header("Location")
                        .orElseThrow();
        String name = URI.create(location).getPath();
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
