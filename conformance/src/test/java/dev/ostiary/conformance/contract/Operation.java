package dev.ostiary.conformance.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A row of the contract's tables.
 *
 * @param id its operationId
 * @param method its verb
 * @param path its path, with variables in braces
 * @param scopes which an access token needs
 * @param access who is let in
 * @param family the tag
 * @param document the published document, or {@code extra}
 * @param statuses what it answers, as documented or as observed on the wire
 */
record Operation(
        String id,
        String method,
        String path,
        Set<String> scopes,
        Access access,
        String family,
        String document,
        Set<Integer> statuses) {

    /** Who is let in. */
    enum Access {
        API_TOKEN,
        BEARER,
        /** Anybody; an API token that is shown has to be good. */
        OPTIONAL_TOKEN,
        /** Whoever is signed in, by a cookie. */
        SESSION,
        PUBLIC
    }

    private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

    /** The names of the path's variables. */
    List<String> variables() {
        List<String> names = new ArrayList<>();
        Matcher matcher = VARIABLE.matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    /** Whether a request of its verb has a body, be it an empty one. */
    boolean mayHaveBody() {
        return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
    }

    /** Whether it stands in a published document. */
    boolean isPublished() {
        return !document.equals("extra");
    }

    /** The statuses of success, to which a page's redirects belong. */
    Set<Integer> successes() {
        Set<Integer> found = new TreeSet<>(statuses);
        found.removeIf(status -> status >= 400);
        return found;
    }

    /** The path with the same value for every variable. */
    String pathWith(String value) {
        return VARIABLE.matcher(path).replaceAll(Matcher.quoteReplacement(value));
    }

    /** The path with these values. */
    String pathWith(Map<String, String> values) {
        return VARIABLE.matcher(path)
                .replaceAll(
                        match -> {
                            String value = values.get(match.group(1));
                            if (value == null) {
                                throw new AssertionError(
                                        "the example of " + this + " says no " + match.group(1));
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }

    /** Whether a concrete path names this operation's template. */
    boolean hasPath(String concrete) {
        String[] here = path.split("/", -1);
        String[] there = concrete.split("/", -1);
        if (here.length != there.length) {
            return false;
        }
        for (int i = 0; i < here.length; i++) {
            if (!here[i].startsWith("{") && !here[i].equals(there[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return method + " " + path + " (" + id + ")";
    }
}
