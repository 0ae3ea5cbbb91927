package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** What administrators do to apps, and what of it their operations' examples leave out. */
final class AppMoves {

    private static final String APPS = "/api/v1/apps/";

    private final Org org;
    private final Contract contract;
    private final Examples examples = Examples.all();

    AppMoves(Server server, Org org) {
        this.org = org;
        this.contract = Contract.read(server.launcher().home());
    }

    private Stock stock() {
        return new Stock(org);
    }

    /** Calls an operation by its first example. */
    void call(String operationId) {
        call(operationId, 0);
    }

    private void call(String operationId, int example) {
        Operation operation =
                contract.bound().stream()
                        .filter(each -> each.id().equals(operationId))
                        .findFirst()
                        .orElseThrow();
        Function<Stock, Call> chosen = examples.of(operation).get(example);
        Call call = chosen.apply(stock());
        Http http =
                call.body() == null
                        ? org.http()
                        : org.http().with("Content-Type", "application/json");
        byte[] body =
                call.body() == null
                        ? null
                        : Json.text(call.body()).getBytes(StandardCharsets.UTF_8);
        successful(http.send(operation.method(), call.target(operation), body));
    }

    private static void successful(Answer answer) {
        if (answer.status() >= 300) {
            throw new AssertionError(answer.toString());
        }
    }

    void deactivate(String app) {
        org.http().post(APPS + app + "/lifecycle/deactivate").expect(200);
    }

    void delete(String app) {
        deactivate(app);
        org.http().delete(APPS + app).expect(204);
    }

    void wakesAClient() {
        String app = AppExamples.client(stock());
        deactivate(app);
        org.http().post(APPS + app + "/lifecycle/activate").expect(200);
    }

    void deletesAClient() {
        delete(AppExamples.client(stock()));
    }

    void uploadsALogo() {
        Call.Form picture = Call.Form.file(PictureExamples.PNG);
        org.http()
                .with("Content-Type", picture.type())
                .send("POST", APPS + AppExamples.client(stock()) + "/logo", picture.bytes())
                .expect(201);
    }

    void opensToEverybody() {
        openToEverybody(AppExamples.client(stock()), true);
    }

    void closesAgain() {
        String app = AppExamples.client(stock());
        openToEverybody(app, true);
        openToEverybody(app, false);
    }

    private void openToEverybody(String app, boolean open) {
        ObjectNode body = app(app);
        ((ObjectNode) body.get("settings")).put("implicitAssignment", open);
        org.http().put(APPS + app, body).expect(200);
    }

    private ObjectNode app(String id) {
        return (ObjectNode) org.http().get(APPS + id).expect(200).json();
    }

    void deletesATrustingApp() {
        Stock stock = stock();
        String app = AppExamples.client(stock);
        org.http()
                .post(
                        APPS + app + "/interclient-allowed-apps",
                        Json.object().put("id", AppExamples.client(stock)))
                .expect(201);
        delete(app);
    }

    void pushesAgain() {
        String path = ProvisioningExamples.pushed(stock()).path();
        for (String status : new String[] {"INACTIVE", "ACTIVE"}) {
            org.http()
                    .with("Content-Type", "application/json")
                    .send(
                            "PATCH",
                            path,
                            ("{\"status\":\"" + status + "\"}").getBytes(StandardCharsets.UTF_8))
                    .expect(200);
        }
    }

    void rotatesAKey() {
        String app = AppExamples.make(stock(), AppExamples.saml());
        String kid =
                org.http()
                        .post(APPS + app + "/credentials/keys/generate?validityYears=2")
                        .expect(201)
                        .text("kid");
        ObjectNode body = app(app);
        ((ObjectNode) body.at("/credentials/signing")).put("kid", kid);
        org.http().put(APPS + app, body).expect(200);
    }

    void guessesASecret() {
        ClientApp app = ClientApp.web(org, stock().name());
        ClientApp guessing = new ClientApp(org, app.id(), "not-it", app.base());
        for (int i = 0; i < 12; i++) {
            guessing.redeem("none").expect(401, "invalid_client");
        }
    }

    void saysMoreOfAnAppUser() {
        call("updateApplicationUser", 0);
    }

    void renamesAnAppUser() {
        call("updateApplicationUser", 0);
    }

    void setsAnAppPassword() {
        call("updateApplicationUser", 1);
    }

    void wantsIntoAnothersApp() {
        Stock stock = stock();
        ObjectNode app = app(AppExamples.make(stock, AppExamples.saml()));
        org.nobody()
                .with("Cookie", "sid=" + stock.cookie())
                .get(
                        "/app/%s/exk%s/sso/saml"
                                .formatted(
                                        app.get("name").asString(),
                                        app.get("id").asString().substring(3)))
                .expect(403);
    }

    void isDenied() {
        Stock stock = stock();
        ClientApp app = ClientApp.web(org, stock.name());
        String policies = "/api/v1/policies";
        String policy =
                org.http()
                        .post(
                                policies,
                                Json.object()
                                        .put("type", "ACCESS_POLICY")
                                        .put("name", stock.name()))
                        .expect(200)
                        .text("id");
        org.http()
                .post(
                        policies + "/" + policy + "/rules",
                        "{\"type\":\"ACCESS_POLICY\",\"name\":\"Nobody\",\"priority\":1,"
                                + "\"actions\":{\"appSignOn\":{\"access\":\"DENY\"}}}")
                .expect(200);
        org.http().put(APPS + app.id() + "/policies/" + policy).expect(204);
        app.authorize(org.nobody().with("Cookie", "sid=" + stock.cookie()), app.request());
    }
}
