package dev.ostiary.platform.query;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decoded query parameters, by name. An empty one counts as absent. */
final class Parameters {

    private Parameters() {}

    static Optional<String> text(Map<String, List<String>> parameters, String name) {
        return parameters.getOrDefault(name, List.of()).stream()
                .findFirst()
                .filter(value -> !value.isEmpty());
    }
}
