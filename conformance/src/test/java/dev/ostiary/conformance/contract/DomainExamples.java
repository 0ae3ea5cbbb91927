package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tag CustomDomain. No name server knows these hosts, so none is ever proven. */
final class DomainExamples implements Examples.Family {

    private static final String VARIABLE = "domainId";

    @Override
    public void say(Examples examples) {
        examples.of("createCustomDomain", stock -> Call.plain().body(domain(stock)));
        examples.of("getCustomDomain", stock -> Call.on(VARIABLE, made(stock)));
        examples.of(
                "listCustomDomains",
                stock -> {
                    made(stock);
                    return Call.plain();
                });
        examples.of(
                "replaceCustomDomain",
                stock ->
                        Call.on(VARIABLE, made(stock))
                                .body(Json.object().put("brandId", BrandExamples.made(stock))));
        examples.of("verifyDomain", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("deleteCustomDomain", stock -> Call.on(VARIABLE, made(stock)));
        examples.refused(
                "upsertCertificate",
                403,
                "E0000165",
                "a name server that proves the host (CustomDomainTest has one)",
                stock -> Call.on(VARIABLE, made(stock)).body(certificate()));
    }

    private static ObjectNode domain(Stock stock) {
        return Json.object()
                .put("domain", stock.name() + ".custom.invalid")
                .put("certificateSourceType", "MANUAL");
    }

    private static ObjectNode certificate() {
        return Json.object()
                .put("type", "PEM")
                .put("privateKey", "key")
                .put("certificate", "certificate")
                .put("certificateChain", "chain");
    }

    private static String made(Stock stock) {
        return stock.http().post("/api/v1/domains", domain(stock)).expect(201).text("id");
    }
}
