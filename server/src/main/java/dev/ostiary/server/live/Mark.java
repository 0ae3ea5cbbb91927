package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far a copy has come.
 *
 * @param part what is being done
 * @param parent how many of those are done for each of whom the source is asked
 * @param next the path of the page to ask for; empty for the first one
 * @param length the bytes of the part's file that count
 */
record Mark(Part part, long parent, String next, long length) {

    /** What is done, one after the other, and the file that each writes. */
    enum Part {
        FRAME("frame.json"),
        GROUPS("groups.ndjson"),
        USERS("users.ndjson"),
        LEAVERS("leavers.ndjson"),
        MEMBERS("members.ndjson"),
        LINKS("links.ndjson"),
        RULES("rules.json"),
        WRITE("");

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
    }

    static final Mark BEGIN = at(Part.FRAME);

    static Mark at(Part part) {
        return new Mark(part, 0, "", 0);
    }

    ObjectNode json() {
        return Json.object()
                .put("part", part.name())
                .put("parent", parent)
                .put("next", next)
                .put("length", length);
    }

    static Mark of(JsonNode json) {
        return new Mark(
                Part.valueOf(json.path("part").asString("")),
                json.path("parent").asLong(0),
                json.path("next").asString(""),
                json.path("length").asLong(0));
    }
}
