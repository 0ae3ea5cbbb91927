package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** Bulk imports and the export, under the server's own paths. */
final class BulkExamples implements Examples.Family {

    private static final String VARIABLE = "importId";

    @Override
    public void say(Examples examples) {
        examples.of("createOstiaryImport", stock -> Call.plain().body(wanted(stock)));
        examples.of(
                "createOstiaryImport",
                stock -> Call.plain().body(wanted(stock).put("dryRun", true)));
        examples.of(
                "createOstiaryImport",
                stock -> {
                    ObjectNode wanted = wanted(stock);
                    stock.http().post("/ostiary/v1/imports", wanted).expect(201);
                    return Call.plain().body(wanted);
                });
        examples.of("listOstiaryImports", stock -> Call.plain().query("limit=1"));
        examples.of("getOstiaryImport", stock -> Call.on(VARIABLE, made(stock)));
        examples.of(
                "sendOstiaryImportLines",
                stock ->
                        Call.on(VARIABLE, made(stock))
                                .query("from=0")
                                .body(Directory.newUser(stock.login())));
        examples.of(
                "sendOstiaryImportLines",
                stock -> Call.on(VARIABLE, made(stock)).body(group(stock)));
        examples.of("finishOstiaryImport", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("deleteOstiaryImport", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("exportOstiaryDirectory", stock -> Call.plain().query("limit=1"));
        examples.answers("exportOstiaryDirectory", "application/x-ndjson");
    }

    private static ObjectNode wanted(Stock stock) {
        return Json.object().put("name", stock.name());
    }

    private static ObjectNode group(Stock stock) {
        ObjectNode group = Json.object().put("kind", "group");
        group.putObject("profile").put("name", stock.name());
        return group;
    }

    private static String made(Stock stock) {
        return stock.http().post("/ostiary/v1/imports", wanted(stock)).expect(201).text("id");
    }
}
