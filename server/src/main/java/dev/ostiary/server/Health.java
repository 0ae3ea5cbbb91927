package dev.ostiary.server;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.resource.Family;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether the server lives and can serve, for whoever watches it from where its clients are. */
final class Health implements Family {

    private final BooleanSupplier ready;

    Health(BooleanSupplier ready) {
        this.ready = ready;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getHealthLive", request -> status(200, "live")),
                Binding.of(
                        "getHealthReady",
                        request ->
                                ready.getAsBoolean()
                                        ? status(200, "ready")
                                        : status(503, "not ready")));
    }

    private static Reply status(int status, String word) {
        return Reply.text(
                status,
                Reply.JSON,
                ("{\"status\":\"" + word + "\"}").getBytes(StandardCharsets.UTF_8));
    }
}
