package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.JwtKey;
import tools.jackson.databind.node.ObjectNode;

/** The tag Client: dynamic client registration. */
final class ClientExamples implements Examples.Family {

    private static final String CLIENTS = "/oauth2/v1/clients";
    private static final String CLIENT = "clientId";

    @Override
    public void say(Examples examples) {
        examples.of(
                "listClients",
                stock -> {
                    made(stock);
                    return Call.plain().query("limit=1");
                });
        examples.of(
                "listClients",
                stock -> {
                    made(stock);
                    return Call.plain().query("q=STOCK&limit=200");
                });
        examples.of("createClient", stock -> Call.plain().body(web(stock)));
        examples.of("createClient", stock -> Call.plain().body(service(stock)));
        examples.of("getClient", stock -> Call.on(CLIENT, made(stock)));
        examples.of("replaceClient", stock -> Call.on(CLIENT, made(stock)).body(web(stock)));
        examples.of("deleteClient", stock -> Call.on(CLIENT, made(stock)));
        examples.of("generateNewClientSecret", stock -> Call.on(CLIENT, made(stock)));
    }

    /** The id of a new client. */
    private static String made(Stock stock) {
        return stock.http().post(CLIENTS, web(stock)).expect(201).text("client_id");
    }

    private static ObjectNode web(Stock stock) {
        ObjectNode client =
                Json.object()
                        .put("client_name", stock.name())
                        .put("client_uri", "https://www.example.com")
                        .put("logo_uri", "https://www.example.com/logo.png")
                        .put("application_type", "web")
                        .put("token_endpoint_auth_method", "client_secret_post")
                        .put("initiate_login_uri", "https://www.example.com/oauth2/login");
        client.putArray("redirect_uris").add("https://www.example.com/oauth2/redirectUri");
        client.putArray("response_types").add("code").add("id_token");
        client.putArray("grant_types")
                .add("authorization_code")
                .add("refresh_token")
                .add("implicit");
        return client;
    }

    private static ObjectNode service(Stock stock) {
        ObjectNode client =
                Json.object()
                        .put("client_name", stock.name())
                        .put("application_type", "service")
                        .put("token_endpoint_auth_method", "private_key_jwt");
        client.putArray("response_types").add("token");
        client.putArray("grant_types").add("client_credentials");
        client.putObject("jwks").putArray("keys").add(JwtKey.rsa().registered());
        return client;
    }
}
