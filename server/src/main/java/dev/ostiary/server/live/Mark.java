package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a copy has come.
 *
 * @param part what is being done
 * @param parent how many of those are done for each of whom the source is asked; of what is
 *     written, how many files, links or rules are done
 * @param next the path of the page to ask for, empty for the first one; of rules, the name of the
 *     one that is being made
 * @param length the bytes of the part's file that count
 * @param pages how many pages of the list were read
 */
record Mark(Part part, long parent, String next, long length, long pages) {

    /**
     * What is done, one after the other, and the file that each writes. From {@link #WRITE} on, it
     * is the target that is written.
     */
    enum Part {
        FRAME("frame.json"),
        GROUPS("groups.ndjson"),
        USERS("users.ndjson"),
        LEAVERS("leavers.ndjson"),
        MEMBERS("members.ndjson"),
        LINKS("links.ndjson"),
        RULES("rules.json"),
        WRITE(""),
        WRITE_LINES(""),
        WRITE_LINKS(""),
        WRITE_RULES("");

        private final String file;

        Part(String file) {
            this.file = file;
        }

        String file() {
            return file;
        }

        Part following() {
            return values()[ordinal() + 1];
        }

        /** Whether it is about the target. */
        boolean writes() {
            return compareTo(WRITE) >= 0;
        }
    }

    static final Mark BEGIN = at(Part.FRAME);

    static Mark at(Part part) {
        return new Mark(part, 0, "", 0, 0);
    }

    /** So many of a part that is written. */
    static Mark done(Part part, long number) {
        return new Mark(part, number, "", 0, 0);
    }

    ObjectNode json() {
        return Json.object()
                .put("part", part.name())
                .put("parent", parent)
                .put("next", next)
                .put("length", length)
                .put("pages", pages);
    }

    static Mark of(JsonNode json) {
        return new Mark(
                Part.valueOf(json.path("part").asString("")),
                json.path("parent").asLong(0),
                json.path("next").asString(""),
                json.path("length").asLong(0),
                json.path("pages").asLong(0));
    }
}
