package dev.ostiary.server.transfer;

import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.problem.ApiException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/**
 * What is wrong with a line.
 *
 * @param line its number in the file, from 1
 * @param readable whether it is JSON at all
 * @param causes every cause: {@code field: message}
 */
record ImportProblem(long line, boolean readable, List<String> causes) {

    /** An answer names as many causes; who wants them all makes a dry run. */
    private static final int MOST = 100;

    static final Schema SCHEMA =
            Schema.object("OstiaryImportProblem")
                    .always("line", Schema.LONG)
                    .always("causes", Schema.list(Schema.TEXT));

    /** A line of JSON with these faults. */
    static ImportProblem of(long line, List<String> causes) {
        return new ImportProblem(line, true, causes);
    }

    /** A line of JSON with one fault. */
    static ImportProblem of(long line, String cause) {
        return of(line, List.of(cause));
    }

    /** A line that is no JSON object in UTF-8. */
    static ImportProblem unreadable(long line, String cause) {
        return new ImportProblem(line, false, List.of(cause));
    }

    void write(JsonGenerator out) {
        out.writeStartObject();
        out.writeNumberProperty("line", line);
        out.writeArrayPropertyStart("causes");
        causes.forEach(out::writeString);
        out.writeEndArray();
        out.writeEndObject();
    }

    /**
     * The refusal of a chunk: {@code E0000003} where its first bad line is no JSON, else {@code
     * E0000001}.
     */
    static ApiException refusal(List<ImportProblem> problems) {
        List<String> causes = new ArrayList<>();
        for (ImportProblem problem : problems) {
            for (String cause : problem.causes()) {
                if (causes.size() == MOST) {
                    causes.add("There are more: a dry run tells them all");
                    return refusal(problems.getFirst(), causes);
                }
                causes.add("line " + problem.line() + ": " + cause);
            }
        }
        return refusal(problems.getFirst(), causes);
    }

    private static ApiException refusal(ImportProblem first, List<String> causes) {
        return first.readable()
                ? ApiException.validation("lines", causes)
                : ApiException.of("E0000003").because(causes);
    }
}
