package dev.ostiary.server.apps;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.json.Schema;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * How a part of an app looks: its members in the order of the wire, what each may be, and what
 * stands there when a client says nothing. Where a {@code Shape} makes a record, a form completes a
 * document: apps have some hundred members of which hardly any means something to this server.
 * Immutable and thread-safe.
 *
 * @param members in the order of the wire
 * @param open whether members that the form does not know are kept as they are, or ignored
 */
record Form(List<Member> members, boolean open) {

    /** What stands where a client says nothing. */
    enum Absence {
        LEFT_OUT,
        NULL,
        STANDARD,
        REFUSED
    }

    /**
     * One member.
     *
     * @param standard what stands there by itself, for {@link Absence#STANDARD}
     */
    record Member(String name, Kind kind, Absence absence, @Nullable JsonNode standard) {

        Member orNull() {
            return new Member(name, kind, Absence.NULL, null);
        }

        Member needed() {
            return new Member(name, kind, Absence.REFUSED, null);
        }

        Member or(JsonNode value) {
            return new Member(name, kind, Absence.STANDARD, value);
        }

        Member or(String value) {
            return or(StringNode.valueOf(value));
        }

        Member or(int value) {
            return or(IntNode.valueOf(value));
        }

        Member or(boolean value) {
            return or(BooleanNode.valueOf(value));
        }
    }

    static Form of(Member... members) {
        return new Form(List.of(members), false);
    }

    /** The same, which keeps what it does not know. */
    Form andOthers() {
        return new Form(members, true);
    }

    /** A member that is left out unless it is given. */
    static Member member(String name, Kind kind) {
        return new Member(name, kind, Absence.LEFT_OUT, null);
    }

    /** A text of at most that many characters. */
    static Member text(String name, int longest) {
        return member(name, new Kind.Text(longest));
    }

    /** A text of any sensible length. */
    static Member text(String name) {
        return text(name, Kind.LONGEST);
    }

    /** An absolute URL. */
    static Member url(String name) {
        return member(name, new Kind.Url());
    }

    /** False unless it is said. */
    static Member flag(String name) {
        return member(name, new Kind.Flag()).or(false);
    }

    /** One of a few words. */
    static Member word(String name, String... words) {
        return member(name, new Kind.Words(List.of(words)));
    }

    /** A whole number between two, both included. */
    static Member whole(String name, int least, int most) {
        return member(name, new Kind.Whole(least, most));
    }

    /** An array; empty unless something is given. */
    static Member many(String name, Kind each, int most) {
        return member(name, new Kind.Many(each, most)).or(Json.object().arrayNode());
    }

    /** A nested part, completed in any case. */
    static Member part(String name, Form form) {
        return member(name, new Kind.Part(form)).or(form.empty());
    }

    private ObjectNode empty() {
        return members.stream().anyMatch(member -> member.absence() == Absence.REFUSED)
                ? Json.object()
                : complete(Json.object(), Path.root(""), new Reading());
    }

    /**
     * The part that a document makes. What is wrong with it is told to the reading.
     *
     * @param given what the client sent; a missing node or null for nothing
     * @param at where in the body it stands
     */
    ObjectNode complete(JsonNode given, Path at, Reading reading) {
        ObjectNode complete = Json.object();
        if (!given.isObject() && !isAbsent(given)) {
            reading.wrong(at, "must be an object");
            return complete;
        }
        for (Member member : members) {
            take(member, given.path(member.name()), at.field(member.name()), complete, reading);
        }
        if (open && given.isObject()) {
            given.properties().stream()
                    .filter(each -> !complete.has(each.getKey()))
                    .forEach(each -> complete.set(each.getKey(), each.getValue()));
        }
        return complete;
    }

    private static void take(
            Member member, JsonNode given, Path at, ObjectNode complete, Reading reading) {
        if (!isAbsent(given)) {
            Optional<JsonNode> value = member.kind().read(given, at, reading);
            value.ifPresent(sound -> complete.set(member.name(), sound));
            return;
        }
        switch (member.absence()) {
            case LEFT_OUT -> {}
            case NULL -> complete.putNull(member.name());
            case STANDARD -> complete.set(member.name(), standard(member));
            case REFUSED -> reading.wrong(at, "The field cannot be left blank");
        }
    }

    private static JsonNode standard(Member member) {
        JsonNode standard = member.standard();
        return standard == null ? Json.object() : standard.deepCopy();
    }

    static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** What a client may send: any of it. */
    Schema in() {
        Schema.Fields fields = Schema.object();
        for (Member member : members) {
            fields =
                    member.absence() == Absence.REFUSED
                            ? fields.always(member.name(), member.kind().in())
                            : fields.maybe(member.name(), member.kind().in().orNull());
        }
        return open ? fields.andOthers() : fields;
    }

    /** What an answer shows. */
    Schema.Fields out() {
        Schema.Fields fields = Schema.object();
        for (Member member : members) {
            Schema schema = member.kind().out();
            fields =
                    switch (member.absence()) {
                        case LEFT_OUT -> fields.maybe(member.name(), schema);
                        case NULL -> fields.always(member.name(), schema.orNull());
                        case STANDARD, REFUSED -> fields.always(member.name(), schema);
                    };
        }
        return open ? fields.andOthers() : fields;
    }
}
