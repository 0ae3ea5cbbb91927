package dev.ostiary.server.transfer;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Reading.Path;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.directory.groups.GroupImport;
import dev.ostiary.server.directory.groups.ImportedGroup;
import dev.ostiary.server.directory.realms.Realm;
import dev.ostiary.server.directory.schemas.SchemaSet;
import dev.ostiary.server.directory.users.ImportedUser;
import dev.ostiary.server.directory.users.UserImport;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Judges the lines of one chunk, each by itself: nothing of the directory is read. Not thread-safe.
 */
final class LineJudge {

    /** The longest line in bytes. */
    static final int LONGEST = 128 * 1024;

    /** As many lines of a chunk may have something to hash: seconds, not minutes. */
    private static final int MOST_SLOW = 40;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Org org;
    private final boolean texts;
    private final SchemaSet schemas;
    private final Map<String, String> typeIds;
    private final UserImport users;
    private final GroupImport groups;
    private final boolean hashes;
    private final Instant now;
    private final List<ImportLine> good = new ArrayList<>();
    private final List<ImportProblem> bad = new ArrayList<>();
    private int taken;
    private int slow;

    /**
     * @param typeIds ids of user types by name
     * @param now when everything begins that the chunk makes
     */
    LineJudge(
            Org org,
            BulkImport.Options options,
            Map<String, String> typeIds,
            UserImport users,
            GroupImport groups,
            Instant now) {
        this.now = now;
        this.org = org;
        this.texts = options.texts();
        this.hashes = !options.dryRun();
        this.schemas = users.schemas(org);
        this.typeIds = typeIds;
        this.users = users;
        this.groups = groups;
    }

    /**
     * What was made of a chunk.
     *
     * @param taken how many of its lines were judged: those after them are for the next one
     */
    record Verdict(int taken, List<ImportLine> good, List<ImportProblem> bad) {}

    Verdict judge(Chunk chunk) {
        long number = chunk.from();
        for (byte[] line : chunk.lines()) {
            number++;
            judge(number, number == 1 ? withoutMark(line) : line);
            taken++;
            if (slow == MOST_SLOW) {
                break;
            }
        }
        return new Verdict(taken, good, bad);
    }

    private static byte[] withoutMark(byte[] line) {
        return line.length >= 3 && Arrays.equals(Arrays.copyOf(line, 3), BYTE_ORDER_MARK)
                ? Arrays.copyOfRange(line, 3, line.length)
                : line;
    }

    private void judge(long number, byte[] line) {
        if (isBlank(line)) {
            return;
        }
        if (line.length > LONGEST) {
            bad.add(
                    ImportProblem.unreadable(
                            number, "The line is longer than " + LONGEST + " bytes"));
            return;
        }
        parsed(number, line).ifPresent(json -> judge(number, json));
    }

    private static boolean isBlank(byte[] line) {
        for (byte each : line) {
            if (each != ' ' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    private Optional<ObjectNode> parsed(long number, byte[] line) {
        try {
            JsonNode json = org.settings().strict() ? Json.parseStrictly(line) : Json.parse(line);
            if (json.isObject()) {
                return Optional.of(json.asObject());
            }
            bad.add(ImportProblem.unreadable(number, "The line is not a JSON object"));
        } catch (ApiException e) {
            bad.add(
                    e.causes().isEmpty()
                            ? ImportProblem.unreadable(number, unreadable(line))
                            : ImportProblem.of(number, e.causes()));
        }
        return Optional.empty();
    }

    private static String unreadable(byte[] line) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line));
            return "The line is not well-formed JSON";
        } catch (CharacterCodingException e) {
            return "The line is not in UTF-8";
        }
    }

    private void judge(long number, ObjectNode line) {
        Reading reading = new Reading();
        JsonNode kind = line.path("kind");
        String named = kind.isMissingNode() ? "user" : kind.asString("");
        Optional<ImportLine> read =
                switch (named) {
                    case "user" -> user(number, line, reading);
                    case "group" -> group(number, line, reading);
                    case "membership" -> membership(number, line, reading);
                    default ->
                            reading.wrong(
                                    Path.root("kind").field("kind"),
                                    "The value must be user, group or membership");
                };
        if (reading.clean()) {
            read.ifPresent(good::add);
        } else {
            bad.add(ImportProblem.of(number, reading.causes()));
        }
    }

    private Optional<ImportLine> user(long number, ObjectNode line, Reading reading) {
        nameOfType(line, reading);
        nameOfRealm(line, reading);
        ImportedUser user = users.read(line, org, schemas, texts, reading);
        if (!reading.clean()) {
            return Optional.empty();
        }
        if (user.isSlow()) {
            slow++;
        }
        return Optional.of(new ImportLine.UserLine(number, users.newcomer(org, user, hashes, now)));
    }

    /** A type may be named instead of identified: ids are another's in another org. */
    private void nameOfType(ObjectNode line, Reading reading) {
        JsonNode type = line.path("type");
        String name =
                type.isString()
                        ? type.stringValue()
                        : type.has("id") ? "" : type.path("name").asString("");
        if (name.isEmpty()) {
            return;
        }
        String id = typeIds.get(name);
        if (id == null) {
            reading.wrong(
                    Path.root("type").field("type"), "The user type '" + name + "' does not exist");
            line.remove("type");
        } else {
            line.putObject("type").put("id", id);
        }
    }

    /** So may a realm. */
    private void nameOfRealm(ObjectNode line, Reading reading) {
        JsonNode realm = line.path("realm");
        String name = realm.isString() ? realm.stringValue() : realm.path("name").asString("");
        if (name.isEmpty()) {
            return;
        }
        Optional<Realm> known = users.realms(org).named(org, name);
        known.ifPresent(found -> line.put("realmId", found.id()));
        if (known.isEmpty()) {
            reading.wrong(
                    Path.root("realm").field("realm"), "The realm '" + name + "' does not exist");
        }
    }

    private Optional<ImportLine> group(long number, ObjectNode line, Reading reading) {
        Optional<ImportedGroup> group = groups.read(line, schemas.ofGroups(), texts, reading);
        return group.map(read -> new ImportLine.GroupLine(number, read));
    }

    private static Optional<ImportLine> membership(long number, ObjectNode line, Reading reading) {
        Optional<String> user = reference(line, "user", reading);
        Optional<String> group = reference(line, "group", reading);
        return user.isEmpty() || group.isEmpty()
                ? Optional.empty()
                : Optional.of(new ImportLine.MembershipLine(number, user.get(), group.get()));
    }

    private static Optional<String> reference(ObjectNode line, String field, Reading reading) {
        JsonNode value = line.path(field);
        return value.isString() && !value.stringValue().isBlank()
                ? Optional.of(value.stringValue())
                : reading.wrong(Path.root(field).field(field), "The field cannot be left blank");
    }
}
