package dev.ostiary.conformance.docs;

import dev.ostiary.conformance.harness.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The fenced snippets of a document, made to speak to a server that does not stand on the usual
 * port and data directory.
 */
record Snippets(String document) {

    static Snippets of(Path document) {
        try {
            return new Snippets(Files.readString(document));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The snippets of a language, in their order. */
    List<String> in(String language, Server server) {
        return Pattern.compile(
                        "^```" + language + "\\n(.*?)^```", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(document)
                .results()
                .map(MatchResult::group)
                .map(
                        fenced ->
                                fenced.substring(
                                        fenced.indexOf('\n') + 1, fenced.lastIndexOf("```")))
                .map(text -> text.replace("data/", server.data() + "/"))
                .map(text -> text.replace("localhost:8443", "localhost:" + server.port()))
                .toList();
    }
}
