package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.contract.Call.Form;
import dev.ostiary.conformance.saml.Service;
import dev.ostiary.conformance.saml.SignedService;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** Browsers on their way to apps, and back out. */
final class SamlExamples implements Examples.Family {

    private static final String NAME = "appName";
    private static final String KEY = "externalKey";

    private static final String ANSWER =
            Service.logout("_1").replace("LogoutRequest", "LogoutResponse");

    private final SignedService keys = SignedService.create();

    @Override
    public void say(Examples examples) {
        examples.isNoId(NAME);
        examples.isNoId(KEY);
        examples.isNoId("linkId");
        examples.answers("getSamlMetadata", "text/xml");
        for (String page :
                List.of(
                        "startSamlSso",
                        "postSamlSso",
                        "startSamlLogout",
                        "postSamlLogout",
                        "finishSamlLogout",
                        "postSamlLogoutResponse",
                        "openApp")) {
            examples.answers(page, "text/html");
        }
        examples.of("getSamlMetadata", stock -> app(stock, none -> {}));
        examples.of(
                "startSamlSso",
                stock ->
                        app(stock, none -> {})
                                .query(
                                        Service.query(
                                                Service.request("_1", "IsPassive=\"true\""), "")));
        examples.of("startSamlSso", stock -> app(stock, none -> {}));
        examples.of(
                "postSamlSso",
                stock ->
                        app(stock, none -> {})
                                .sending(
                                        new Form(
                                                Service.posted(Service.request("_1", ""), ""),
                                                "")));
        examples.of(
                "startSamlLogout",
                stock -> app(stock, this::leaves).query(keys.query(Service.logout("_1"), "")));
        examples.of(
                "postSamlLogout",
                stock ->
                        app(stock, this::leaves)
                                .sending(
                                        new Form(
                                                Service.posted(
                                                        keys.signed(Service.logout("_1")), ""),
                                                "")));
        examples.of(
                "finishSamlLogout",
                stock ->
                        app(stock, none -> {})
                                .query(
                                        Service.query(ANSWER, "")
                                                .replace("SAMLRequest", "SAMLResponse")));
        examples.of(
                "postSamlLogoutResponse",
                stock ->
                        app(stock, none -> {})
                                .sending(
                                        new Form(
                                                Service.posted(ANSWER, "")
                                                        .replace("SAMLRequest", "SAMLResponse"),
                                                "")));
        examples.of("openApp", SamlExamples::link);
        examples.answers("getWsFederationMetadata", "text/xml");
        examples.answers("startWsFederation", "text/html");
        examples.of("getWsFederationMetadata", SamlExamples::passive);
        examples.of(
                "startWsFederation",
                stock -> passive(stock).query("wa=wsignin1.0&wtrealm=urn%3Aexample%3Aapp"));
    }

    private void leaves(ObjectNode signOn) {
        signOn.putObject("slo")
                .put("enabled", true)
                .put("issuer", "urn:sp")
                .put("logoutUrl", "https://sp.example.com/out");
        signOn.putObject("spCertificate").putArray("x5c").add(keys.certificate());
    }

    private static Call app(Stock stock, Consumer<ObjectNode> more) {
        String[] path = Service.of(stock.org(), stock.name(), more).path().split("/");
        return Call.on(NAME, path[2]).and(KEY, path[3]);
    }

    private static Call passive(Stock stock) {
        String[] path =
                Service.assigned(stock.org(), AppExamples.passive(stock), "wsfed")
                        .path()
                        .split("/");
        return Call.on(NAME, path[2]).and(KEY, path[3]);
    }

    private static Call link(Stock stock) {
        Service service = Service.of(stock.org(), stock.name(), none -> {});
        return Call.on(NAME, service.path().split("/")[2])
                .and("appId", service.appId())
                .and("linkId", "aln" + service.appId().substring(3));
    }
}
