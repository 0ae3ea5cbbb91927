package dev.ostiary.server.signin.authenticators;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a client says of a model of security keys. */
final class AaguidForm {

    private static final int LONGEST_CERTIFICATE = 10_000;
    private static final int MOST_ROOTS = 20;
    private static final Pattern AAGUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final String NAME = "aaguid";

    static final Fields REST =
            Form.object()
                    .with("name", Form.text(0, 255), "")
                    .filled(
                            Aaguid.TRAITS,
                            Form.object()
                                    .with("platformAttached", Form.FLAG, false)
                                    .with("fipsCompliant", Form.FLAG, false)
                                    .with("hardwareProtected", Form.FLAG, false))
                    .listed(
                            Aaguid.ROOTS,
                            Form.list(
                                    Form.object()
                                            .must(
                                                    Aaguid.CERTIFICATE,
                                                    Form.text(1, LONGEST_CERTIFICATE)),
                                    MOST_ROOTS));

    static final Fields WHOLE = Form.object().must(NAME, Form.text(1, 36));

    private AaguidForm() {}

    /** The model of a text; in whatever case, as the library reads and writes it. */
    static Optional<UUID> id(String text) {
        return AAGUID.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /**
     * A model that is new.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static Aaguid fresh(ObjectNode body) {
        Reading reading = new Reading();
        Path root = Path.root(NAME);
        Optional<UUID> id =
                WHOLE.read(body, root, reading)
                        .flatMap(
                                read ->
                                        id(read.path(NAME).asString(""))
                                                .or(
                                                        () ->
                                                                reading.wrong(
                                                                        root.field(NAME),
                                                                        "must be a UUID")));
        // a name may be left out, but not be empty
        if (body.path("name").isString() && body.path("name").asString().isEmpty()) {
            reading.wrong(root.field("name"), "The field cannot be left blank");
        }
        ObjectNode rest = rest(body, root, reading);
        reading.finish();
        return new Aaguid(id.orElseThrow(), rest);
    }

    /**
     * The rest of a model.
     *
     * @throws dev.ostiary.platform.problem.ApiException {@code E0000001} with every cause
     */
    static ObjectNode rest(ObjectNode body) {
        Reading reading = new Reading();
        ObjectNode rest = rest(body, Path.root(NAME), reading);
        reading.finish();
        return rest;
    }

    private static ObjectNode rest(ObjectNode body, Path root, Reading reading) {
        Optional<JsonNode> read = REST.read(body, root, reading);
        Path list = root.field(Aaguid.ROOTS);
        read.ifPresent(
                all -> {
                    JsonNode roots = all.path(Aaguid.ROOTS);
                    for (int i = 0; i < roots.size(); i++) {
                        judge(
                                roots.get(i).path(Aaguid.CERTIFICATE).asString(""),
                                list.item(i).field(Aaguid.CERTIFICATE),
                                reading);
                    }
                });
        return read.map(JsonNode::asObject).orElseGet(Json::object);
    }

    private static void judge(String text, Path at, Reading reading) {
        try {
            Aaguid.certificate(text);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            reading.wrong(at, "must be an X.509 certificate");
        }
    }

    /** What a partial change comes to: what it does not name stays as it is. */
    static ObjectNode patched(Aaguid before, ObjectNode patch) {
        ObjectNode merged = before.body().deepCopy();
        patch.forEachEntry(
                (name, value) -> {
                    if (name.equals(Aaguid.TRAITS) && value.isObject()) {
                        merged.withObject(Aaguid.TRAITS).setAll(value.asObject());
                    } else {
                        merged.set(name, value);
                    }
                });
        return rest(merged);
    }
}
