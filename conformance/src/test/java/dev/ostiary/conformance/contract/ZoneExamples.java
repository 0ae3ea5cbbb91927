package dev.ostiary.conformance.contract;

import dev.ostiary.conformance.harness.Json;
import tools.jackson.databind.node.ObjectNode;

/** The tag NetworkZone, and the server's own operations on zones. */
final class ZoneExamples implements Examples.Family {

    private static final String VARIABLE = "zoneId";

    @Override
    public void say(Examples examples) {
        examples.of("createNetworkZone", stock -> Call.plain().body(addresses(stock)));
        examples.of("createNetworkZone", stock -> Call.plain().body(places(stock)));
        examples.of("createNetworkZone", stock -> Call.plain().body(services(stock)));
        examples.of("getNetworkZone", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("listNetworkZones", stock -> Call.plain());
        examples.of("listNetworkZones", stock -> Call.plain().query("limit=2"));
        examples.of(
                "replaceNetworkZone",
                stock -> Call.on(VARIABLE, made(stock)).body(addresses(stock)));
        examples.of("deactivateNetworkZone", stock -> Call.on(VARIABLE, made(stock)));
        examples.of("activateNetworkZone", stock -> Call.on(VARIABLE, inactive(stock)));
        examples.of("deleteNetworkZone", stock -> Call.on(VARIABLE, inactive(stock)));
        examples.of("listOstiaryZones", stock -> Call.plain());
        examples.of("createOstiaryZone", stock -> Call.plain().body(addresses(stock)));
        examples.of("deleteOstiaryZone", stock -> Call.on(VARIABLE, inactive(stock)));
        examples.of("blockOstiaryAddress", stock -> Call.plain().body(address()));
        examples.of(
                "unblockOstiaryAddress",
                stock -> {
                    stock.http().post("/ostiary/v1/zones/block", address());
                    return Call.plain().body(address());
                });
    }

    private static ObjectNode zone(Stock stock, String type) {
        return Json.object().put("type", type).put("name", stock.name());
    }

    private static ObjectNode addresses(Stock stock) {
        ObjectNode zone = zone(stock, "IP");
        zone.putNull("proxies");
        zone.putArray("gateways")
                .addObject()
                .put("type", "RANGE")
                .put("value", "198.51.100.1-198.51.100.9");
        zone.withArray("gateways").addObject().put("type", "CIDR").put("value", "2001:db8::/32");
        return zone;
    }

    private static ObjectNode places(Stock stock) {
        ObjectNode zone = zone(stock, "DYNAMIC").put("proxyType", "Any");
        zone.putArray("asns").add("23457");
        zone.putArray("locations").addObject().put("country", "AF").put("region", "AF-BGL");
        zone.withArray("locations").addObject().put("country", "AX").putNull("region");
        return zone;
    }

    private static ObjectNode services(Stock stock) {
        ObjectNode zone = zone(stock, "DYNAMIC_V2").put("usage", "BLOCKLIST");
        zone.putObject("asns");
        zone.putObject("ipServiceCategories").putArray("include").add("ALL_ANONYMIZERS");
        return zone;
    }

    private static ObjectNode address() {
        return Json.object().put("address", "198.51.100.1");
    }

    private static String made(Stock stock) {
        return stock.http().post("/api/v1/zones", addresses(stock)).expect(200).text("id");
    }

    private static String inactive(Stock stock) {
        String zone = made(stock);
        stock.http().post("/api/v1/zones/" + zone + "/lifecycle/deactivate").expect(200);
        return zone;
    }
}
