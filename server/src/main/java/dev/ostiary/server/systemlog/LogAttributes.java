package dev.ostiary.server.systemlog;

import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Rendering;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What events can be filtered by: every property of the LogEvent object, and whatever stands in its
 * free maps (System Log API, "LogEvent object" and "Expression filter"). Text compares as it
 * stands, case included.
 *
 * <p>Every operator is documented here, {@code ne} among them. Under {@code strict} the two
 * refusals that the documentation names hold: {@code published} is for {@code since} and {@code
 * until}, and a URL cannot be searched with {@code co}.
 */
final class LogAttributes {

    /** Maps whose names nobody lists. */
    private static final List<String> OPEN =
            List.of(
                    "actor.detailEntry",
                    "debugContext.debugData",
                    "device",
                    "securityContext",
                    "transaction.detail");

    /** The same, in each target. */
    private static final List<String> OPEN_IN_TARGETS =
            List.of("target.detailEntry", "target.changeDetails");

    private static final Set<String> URLS =
            Set.of("debugContext.debugData.url", "debugContext.debugData.requestUri");

    static final Attributes ALL =
            Attributes.of(listed().toArray(Attribute[]::new))
                    .or("debugContext.debugData.*", LogAttributes::open);

    private LogAttributes() {}

    private static List<Attribute> listed() {
        List<Attribute> all = new ArrayList<>();
        all.add(column(Attribute.text("eventType"), "system_log.event_type"));
        all.add(column(Attribute.text("actor.id"), "system_log.actor_id"));
        all.add(column(Attribute.text("uuid"), "system_log.uuid::text"));
        all.add(
                Attribute.instant("published")
                        .column("date_trunc('milliseconds', system_log.published)")
                        .documented());
        all.add(documented("target.id", Kind.TEXT, new TargetId()));
        texts("version severity legacyEventType displayMessage").forEach(all::add);
        texts("actor.type actor.alternateId actor.displayName").forEach(all::add);
        texts("client.id client.zone client.ipAddress client.device").forEach(all::add);
        texts("client.userAgent.rawUserAgent client.userAgent.os client.userAgent.browser")
                .forEach(all::add);
        texts("client.geographicalContext.city client.geographicalContext.state").forEach(all::add);
        texts("client.geographicalContext.country client.geographicalContext.postalCode")
                .forEach(all::add);
        texts("outcome.result outcome.reason transaction.id transaction.type").forEach(all::add);
        texts("authenticationContext.authenticationProvider").forEach(all::add);
        texts("authenticationContext.credentialProvider").forEach(all::add);
        texts("authenticationContext.credentialType").forEach(all::add);
        texts("authenticationContext.issuer.id authenticationContext.issuer.type")
                .forEach(all::add);
        texts("authenticationContext.interface authenticationContext.externalSessionId")
                .forEach(all::add);
        texts("authenticationContext.rootSessionId").forEach(all::add);
        each("target.type target.alternateId target.displayName", "target").forEach(all::add);
        each("request.ipChain.ip request.ipChain.version request.ipChain.source", "ipChain")
                .forEach(all::add);
        numbers("authenticationContext.authenticationStep").forEach(all::add);
        numbers("client.geographicalContext.geolocation.lat").forEach(all::add);
        numbers("client.geographicalContext.geolocation.lon").forEach(all::add);
        nodes("actor client outcome target transaction debugContext request").forEach(all::add);
        nodes("authenticationContext securityContext device debugContext.debugData")
                .forEach(all::add);
        nodes("client.userAgent client.geographicalContext transaction.detail actor.detailEntry")
                .forEach(all::add);
        nodes("authenticationContext.issuer request.ipChain").forEach(all::add);
        return all;
    }

    private static Stream<Attribute> texts(String paths) {
        return words(paths)
                .map(
                        path ->
                                column(
                                        Attribute.text(path),
                                        "system_log.body #>> '" + place(path) + "'"));
    }

    private static Stream<Attribute> numbers(String paths) {
        return words(paths)
                .map(
                        path ->
                                column(
                                        Attribute.number(path),
                                        "CASE WHEN jsonb_typeof(system_log.body #> '%1$s') = 'number' THEN"
                                                        .formatted(place(path))
                                                + " (system_log.body #>> '%s')::numeric END"
                                                        .formatted(place(path))));
    }

    private static Stream<Attribute> nodes(String paths) {
        return words(paths)
                .map(
                        path ->
                                documented(
                                        path,
                                        Kind.NODE,
                                        new Node("system_log.body #> '" + place(path) + "'")));
    }

    private static Stream<Attribute> each(String paths, String array) {
        return words(paths)
                .map(
                        path ->
                                documented(
                                        path,
                                        Kind.TEXT,
                                        new EachValue("$." + path.replace(array, array + "[*]"))));
    }

    private static Optional<Attribute> open(String path) {
        return Stream.concat(
                        OPEN.stream()
                                .filter(map -> path.startsWith(map + "."))
                                .map(map -> json(path)),
                        OPEN_IN_TARGETS.stream()
                                .filter(map -> path.startsWith(map + "."))
                                .map(map -> json(path).replace("$.\"target\"", "$.\"target\"[*]")))
                .findFirst()
                .map(EachValue::new)
                .map(
                        rendering -> {
                            Attribute attribute = documented(path, Kind.ANY, rendering);
                            return URLS.contains(path)
                                    ? attribute.documented(allBut(Operator.CO))
                                    : attribute;
                        });
    }

    /** Names are quoted; the grammar of paths has no quotation mark and no backslash. */
    private static String json(String path) {
        return Arrays.stream(path.split("\\."))
                .map(name -> ".\"" + name + "\"")
                .collect(Collectors.joining("", "$", "[*]"));
    }

    private static Attribute column(Attribute.Unplaced unplaced, String expression) {
        return unplaced.column(expression)
                .documented(unplaced.kind().operators().toArray(Operator[]::new));
    }

    private static Attribute documented(String path, Kind kind, Rendering rendering) {
        return Attribute.of(path, kind, rendering)
                .documented(kind.operators().toArray(Operator[]::new));
    }

    private static Operator[] allBut(Operator one) {
        return Arrays.stream(Operator.values())
                .filter(operator -> operator != one)
                .toArray(Operator[]::new);
    }

    private static Stream<String> words(String words) {
        return Arrays.stream(words.split(" "));
    }

    private static String place(String path) {
        return "{" + path.replace('.', ',') + "}";
    }
}
