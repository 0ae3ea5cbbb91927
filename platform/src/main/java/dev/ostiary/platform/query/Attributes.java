package dev.ostiary.platform.query;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What a resource can be filtered and sorted by (P28). Immutable, as far as its resolver is. */
public final class Attributes {

    private final Map<String, Attribute> byPath;
    private final String open;
    private final Function<String, Optional<Attribute>> resolver;
    private final boolean notDocumented;

    private Attributes(
            Map<String, Attribute> byPath,
            String open,
            Function<String, Optional<Attribute>> resolver,
            boolean notDocumented) {
        this.byPath = byPath;
        this.open = open;
        this.resolver = resolver;
        this.notDocumented = notDocumented;
    }

    /** Exactly these. */
    public static Attributes of(Attribute... rows) {
        Map<String, Attribute> byPath = new LinkedHashMap<>();
        for (Attribute row : rows) {
            if (byPath.put(row.path(), row) != null) {
                throw new IllegalArgumentException("declared twice: " + row.path());
            }
        }
        return new Attributes(byPath, "", path -> Optional.empty(), false);
    }

    /**
     * These, and those that a function knows.
     *
     * @param named how messages name the others, such as {@code profile.*}
     * @param others the attribute of a path; paths are well-formed, at most 256 characters and 8
     *     segments
     */
    public Attributes or(String named, Function<String, Optional<Attribute>> others) {
        return new Attributes(byPath, named, others, notDocumented);
    }

    /** The same; under {@code strict} there is no {@code not} (users' and groups' filter). */
    public Attributes withoutNot() {
        return new Attributes(byPath, open, resolver, true);
    }

    /** The attribute of a path, letter by letter. */
    public Optional<Attribute> find(String path) {
        Attribute listed = byPath.get(path);
        return listed == null ? resolver.apply(path) : Optional.of(listed);
    }

    boolean allowsNot(boolean strict) {
        return !strict || !notDocumented;
    }

    /** The names, for messages. */
    List<String> names() {
        List<String> names = new ArrayList<>(byPath.keySet());
        if (!open.isEmpty()) {
            names.add(open);
        }
        return names;
    }
}
