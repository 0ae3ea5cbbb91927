package dev.ostiary.platform.hal;

import dev.ostiary.platform.json.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * The {@code _links} of one object, in HAL (P31): a relation is one link, or an array where it
 * repeats. Collected by one thread, then written. Hrefs are absolute.
 */
public final class Links {

    private static final Schema LINK =
            Schema.object("Link")
                    .maybe("name", Schema.TEXT)
                    .always("href", Schema.TEXT)
                    .maybe("title", Schema.TEXT)
                    .maybe("method", Schema.TEXT)
                    .maybe("type", Schema.TEXT)
                    .maybe("hints", Schema.object().always("allow", Schema.list(Schema.TEXT)));

    /** What stands under {@code _links}: which relations there are is a matter of state. */
    public static final Schema SCHEMA = Schema.map(Schema.either(LINK, Schema.list(LINK)));

    private final Map<String, List<Link>> relations = new LinkedHashMap<>();
    private final List<String> arrays = new ArrayList<>();

    /**
     * One link.
     *
     * @param href absolute URL
     * @param name tells links of one relation apart, or null
     * @param title what people call the target, or null
     * @param method the verb of an action, or null
     * @param type media type where the target is not JSON of the API, or null
     * @param allow verbs that the target takes, as {@code hints.allow}; empty to leave the hints
     *     out
     */
    public record Link(
            String href,
            @Nullable String name,
            @Nullable String title,
            @Nullable String method,
            @Nullable String type,
            List<String> allow) {}

    /** A plain link. */
    public Links to(String relation, String href) {
        return add(relation, new Link(href, null, null, null, null, List.of()));
    }

    /** An action: a link with the verb that performs it. */
    public Links action(String relation, String href, String method) {
        return add(relation, new Link(href, null, null, method, null, List.of()));
    }

    /** A link with the verbs that its target takes. */
    public Links hinted(String relation, String href, String... allow) {
        return add(relation, new Link(href, null, null, null, null, List.of(allow)));
    }

    /** As {@link #hinted}, with a name: of what is there, or of the step that it takes. */
    public Links named(String relation, String name, String href, String... allow) {
        return add(relation, new Link(href, name, null, null, null, List.of(allow)));
    }

    /** A link to something that people have a name for. */
    public Links titled(String relation, String title, String href) {
        return add(relation, new Link(href, null, title, null, null, List.of()));
    }

    /** A link to what is not JSON of the API. */
    public Links typed(String relation, String href, String type) {
        return add(relation, new Link(href, null, null, null, type, List.of()));
    }

    /** A link in a relation that is always an array, such as {@code logo}. */
    public Links item(String relation, String name, String href, String type) {
        if (!arrays.contains(relation)) {
            arrays.add(relation);
        }
        return add(relation, new Link(href, name, null, null, type, List.of()));
    }

    /** As {@link #item(String, String, String, String)}, with the verbs that the target takes. */
    public Links hintedItem(String relation, String name, String href, String... allow) {
        if (!arrays.contains(relation)) {
            arrays.add(relation);
        }
        return add(relation, new Link(href, name, null, null, null, List.of(allow)));
    }

    private Links add(String relation, Link link) {
        relations.computeIfAbsent(relation, r -> new ArrayList<>()).add(link);
        return this;
    }

    /** Whether there is no link. */
    public boolean isEmpty() {
        return relations.isEmpty();
    }

    /** Writes {@code "_links": {…}} into the object that is being written. */
    public void write(JsonGenerator out) {
        out.writeObjectPropertyStart("_links");
        relations.forEach(
                (relation, links) -> {
                    out.writeName(relation);
                    if (links.size() == 1 && !arrays.contains(relation)) {
                        write(out, links.getFirst());
                    } else {
                        out.writeStartArray();
                        links.forEach(link -> write(out, link));
                        out.writeEndArray();
                    }
                });
        out.writeEndObject();
    }

    private static void write(JsonGenerator out, Link link) {
        out.writeStartObject();
        text(out, "name", link.name());
        out.writeStringProperty("href", link.href());
        text(out, "title", link.title());
        text(out, "method", link.method());
        text(out, "type", link.type());
        if (!link.allow().isEmpty()) {
            out.writeObjectPropertyStart("hints");
            out.writeArrayPropertyStart("allow");
            link.allow().forEach(out::writeString);
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) {
        if (value != null) {
            out.writeStringProperty(name, value);
        }
    }
}
