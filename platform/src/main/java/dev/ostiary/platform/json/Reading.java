package dev.ostiary.platform.json;

import dev.ostiary.platform.problem.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a body, collected over the whole of it, so that the client learns of every
 * field at once (P6).
 */
public final class Reading {

    private final List<String> causes = new ArrayList<>();
    private String subject = "";

    /** Notes a wrong field; answers the empty value that stands for it. */
    public <V> Optional<V> wrong(Path at, String message) {
        if (causes.isEmpty()) {
            subject = at.last();
        }
        causes.add(at.text() + ": " + message);
        return Optional.empty();
    }

    /**
     * Notes something wrong in a sentence of its own, which no field's name precedes.
     *
     * @param about the subject of the error if this is the first cause
     */
    public void sentence(String about, String sentence) {
        if (causes.isEmpty()) {
            subject = about;
        }
        causes.add(sentence);
    }

    /** Whether nothing was wrong so far. */
    public boolean clean() {
        return causes.isEmpty();
    }

    /** Every cause so far, in the order of the fields. */
    public List<String> causes() {
        return List.copyOf(causes);
    }

    /**
     * Ends the reading: throws {@code E0000001} with every cause, named after the first wrong
     * field, unless all was well.
     */
    public void finish() {
        if (!clean()) {
            throw ApiException.validation(subject, causes);
        }
    }

    /**
     * Where in the body a value stands.
     *
     * @param text as in {@code credentials.password.hash} or {@code groupIds[2]}
     * @param last the name of the field itself
     */
    public record Path(String text, String last) {

        /** The whole body. */
        public static Path root(String name) {
            return new Path("", name);
        }

        /** A property of the value here. */
        public Path field(String name) {
            return new Path(text.isEmpty() ? name : text + "." + name, name);
        }

        /** An element of the array here. */
        public Path item(int index) {
            return new Path(text + "[" + index + "]", last);
        }
    }
}
