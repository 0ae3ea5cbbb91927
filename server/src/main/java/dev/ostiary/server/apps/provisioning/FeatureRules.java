package dev.ostiary.server.apps.provisioning;

import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a feature's capabilities may be (schemas {@code CapabilitiesObject} and {@code
 * CapabilitiesInboundProvisioningObject}): words, flags and texts in their places. What a client
 * leaves out stays as it was; what nobody knows is ignored (P3).
 */
final class FeatureRules {

    private static final int LONGEST = 1024;

    private static final Map<String, List<String>> WORDS =
            Map.of(
                    "status", List.of("ENABLED", "DISABLED"),
                    "seed", List.of("OKTA", "RANDOM"),
                    "change", List.of("CHANGE", "KEEP_EXISTING"),
                    "usernameFormat", List.of("EMAIL", "CUSTOM"),
                    "exactMatchCriteria", List.of("EMAIL", "USERNAME"));

    /** Five fields of a crontab. */
    private static final Pattern CRON = Pattern.compile("\\S{1,64}( +\\S{1,64}){4}");

    private final Reading reading;

    private FeatureRules(Reading reading) {
        this.reading = reading;
    }

    /**
     * The feature as a client wants it.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static Feature changed(Feature before, ObjectNode given) {
        Reading reading = new Reading();
        ObjectNode after = before.capabilities().deepCopy();
        FeatureRules rules = new FeatureRules(reading);
        switch (before.name()) {
            case USER_PROVISIONING -> rules.merge(after, given, new Path("", "feature"));
            case INBOUND_PROVISIONING -> {
                rules.merge(after, given, new Path("", "feature"));
                rules.schedules(after);
            }
        }
        reading.finish();
        return new Feature(before.name(), after);
    }

    /** What there is says what there may be. */
    private void merge(ObjectNode into, ObjectNode given, Path at) {
        for (var each : given.properties()) {
            String name = each.getKey();
            Path here = at.field(name);
            JsonNode value = each.getValue();
            JsonNode present = into.path(name);
            if (present.isObject() && value.isObject()) {
                merge(present.asObject(), value.asObject(), here);
            } else if (present.isObject()) {
                reading.wrong(here, "must be an object");
            } else if (present.isBoolean()) {
                keep(into, name, value, value.isBoolean(), here, "must be a boolean");
            } else if (WORDS.containsKey(name) && !present.isMissingNode()) {
                List<String> words = WORDS.getOrDefault(name, List.of());
                keep(
                        into,
                        name,
                        value,
                        value.isString() && words.contains(value.stringValue()),
                        here,
                        "must be one of " + words);
            } else if (name.equals("userNameExpression")) {
                keep(into, name, value, isText(value), here, "must be a string");
            } else if (name.endsWith("Import") && value.isObject()) {
                into.set(name, value);
            }
        }
    }

    private void keep(
            ObjectNode into, String name, JsonNode value, boolean fits, Path at, String message) {
        if (fits) {
            into.set(name, value);
        } else {
            reading.wrong(at, message);
        }
    }

    private static boolean isText(JsonNode value) {
        return value.isString()
                && !value.stringValue().isBlank()
                && value.stringValue().length() <= LONGEST;
    }

    private void schedules(ObjectNode capabilities) {
        JsonNode settings = capabilities.path("importSettings");
        Path at = new Path("importSettings", "importSettings");
        JsonNode user = settings.path("username");
        if (user.path("usernameFormat").asString("").equals("CUSTOM")
                && !user.has("userNameExpression")) {
            reading.wrong(
                    at.field("username").field("userNameExpression"),
                    "The field cannot be left blank");
        }
        JsonNode schedule = settings.path("schedule");
        for (String kind : List.of("fullImport", "incrementalImport")) {
            if (schedule.has(kind)) {
                schedule(schedule.path(kind), at.field("schedule").field(kind));
            }
        }
    }

    private void schedule(JsonNode schedule, Path at) {
        JsonNode expression = schedule.path("expression");
        if (!expression.isString() || !CRON.matcher(expression.stringValue()).matches()) {
            reading.wrong(at.field("expression"), "must be five fields of a cron expression");
        }
        Optional<String> zone =
                Optional.of(schedule.path("timezone")).map(each -> each.asString(""));
        if (!zone.get().isEmpty() && !isZone(zone.get())) {
            reading.wrong(at.field("timezone"), "must be the name of a time zone");
        }
    }

    private static boolean isZone(String name) {
        try {
            return !ZoneId.of(name).getId().isEmpty();
        } catch (DateTimeException e) {
            return false;
        }
    }
}
