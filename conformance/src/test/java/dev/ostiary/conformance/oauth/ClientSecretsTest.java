package dev.ostiary.conformance.oauth;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.SuiteServer;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@ExtendWith(SuiteServer.class)
@DisplayName("What proves a client, as it changes")
class ClientSecretsTest {

    private final Org org;

    ClientSecretsTest(Org org) {
        this.org = org;
    }

    @Test
    @DisplayName("P23 a secret proves its client until it is taken away, and not a request longer")
    void rotation() {
        ClientApp first = ClientApp.web(org, "Rotates");
        String secrets = "/api/v1/apps/" + first.id() + "/credentials/secrets";
        prove(first).expect(200);
        JsonNode made = org.http().post(secrets, Json.object()).expect(201).json();
        ClientApp second = with(first, made.get("client_secret").asString());
        prove(second).expect(200);
        prove(first).expect(200);

        String oldest = org.http().get(secrets).expect(200).json().get(0).get("id").asString();
        org.http().post(secrets + "/" + oldest + "/lifecycle/deactivate").expect(200);
        prove(first).expect(401, "invalid_client");
        prove(second).expect(200);
        org.http().post(secrets + "/" + oldest + "/lifecycle/activate").expect(200);
        prove(first).expect(200);
        org.http().post(secrets + "/" + oldest + "/lifecycle/deactivate").expect(200);
        org.http().delete(secrets + "/" + oldest).expect(204);
        prove(first).expect(401, "invalid_client");
        prove(second).expect(200);
    }

    @Test
    @DisplayName(
            "P23 a client that is switched off, set to another way, or gone is none with the next request")
    void changes() {
        ClientApp app = ClientApp.web(org, "Changes");
        String path = "/api/v1/apps/" + app.id();
        prove(app).expect(200);
        org.http().post(path + "/lifecycle/deactivate").expect(200);
        prove(app).expect(401, "invalid_client");
        org.http().post(path + "/lifecycle/activate").expect(200);
        prove(app).expect(200);

        ObjectNode body = org.http().get(path).expect(200).json().deepCopy().asObject();
        ((ObjectNode) body.at("/credentials/oauthClient"))
                .put("token_endpoint_auth_method", "client_secret_post");
        org.http().put(path, body).expect(200);
        prove(app).expect(401, "invalid_client");
        ((ObjectNode) body.at("/credentials/oauthClient"))
                .put("token_endpoint_auth_method", "client_secret_basic");
        org.http().put(path, body).expect(200);
        prove(app).expect(200);

        org.http().post(path + "/lifecycle/deactivate").expect(200);
        org.http().delete(path).expect(204);
        prove(app).expect(401, "invalid_client");
    }

    private static ClientApp with(ClientApp app, String secret) {
        return new ClientApp(app.org(), app.id(), secret, app.base());
    }

    /** Asks what only a client is told. */
    private static Answer prove(ClientApp app) {
        return app.ask("introspect", Map.of("token", "nonsense"));
    }
}
