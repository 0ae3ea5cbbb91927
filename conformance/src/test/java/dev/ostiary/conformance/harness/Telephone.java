package dev.ostiary.conformance.harness;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A device that a user has set up to be asked by push, and that answers as telephones do here.
 *
 * @param factor the id of the user's factor
 * @param token by which it proves that it is this device
 */
public record Telephone(Org org, String factor, String token) {

    /** One that the user of a path, such as {@code /api/v1/users/00u…}, sets up. */
    public static Telephone of(Org org, String userPath) {
        JsonNode made =
                org.http()
                        .post(
                                userPath + "/factors",
                                "{\"factorType\":\"push\",\"provider\":\"OKTA\"}")
                        .expect(200)
                        .json();
        String scanned = made.at("/_embedded/activation/_links/qrcode/href").asString();
        ObjectNode code =
                Json.object().put("code", scanned.substring(scanned.lastIndexOf('/') + 1));
        return new Telephone(
                org,
                made.get("id").asString(),
                org.nobody()
                        .post("/ostiary/v1/push/devices", code)
                        .expect(200)
                        .text("deviceToken"));
    }

    /** Answers what it is asked first: {@code approve}, and {@code number} where one is shown. */
    public void answers(ObjectNode answer) {
        ObjectNode device = Json.object().put("deviceToken", token);
        String asked =
                org.nobody()
                        .post("/ostiary/v1/push/transactions", device)
                        .expect(200)
                        .json()
                        .at("/0/id")
                        .asString();
        org.nobody()
                .post("/ostiary/v1/push/transactions/" + asked, answer.setAll(device))
                .expect(200);
    }
}
