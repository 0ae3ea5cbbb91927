package dev.ostiary.platform.org;

import dev.ostiary.platform.json.Json;
import java.util.EnumMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * How often each area of an org's configuration has changed, at one moment. An area that nobody
 * ever changed has version 0. Immutable and thread-safe.
 *
 * @param numbers the versions that are not 0
 */
public record ConfigVersions(Map<ConfigArea, Long> numbers) {

    private static final ConfigVersions UNTOUCHED = new ConfigVersions(Map.of());

    public ConfigVersions {
        numbers = Map.copyOf(numbers);
    }

    /** An org whose configuration nobody ever changed. */
    public static ConfigVersions untouched() {
        return UNTOUCHED;
    }

    /** The value of {@code org.config_versions}; areas that a newer node has added are left out. */
    public static ConfigVersions parse(String json) {
        if (json.equals("{}")) {
            return UNTOUCHED;
        }
        JsonNode tree = Json.parse(json);
        Map<ConfigArea, Long> found = new EnumMap<>(ConfigArea.class);
        for (ConfigArea area : ConfigArea.values()) {
            JsonNode number = tree.path(area.key());
            if (number.isIntegralNumber()) {
                found.put(area, number.longValue());
            }
        }
        return new ConfigVersions(found);
    }

    /** The version of an area. */
    public long of(ConfigArea area) {
        return numbers.getOrDefault(area, 0L);
    }
}
