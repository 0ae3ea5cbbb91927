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
    private final Optional<Attribute> further;
    private final String open;
    private final Function<String, Optional<Attribute>> resolver;
    private final boolean notDocumented;

    private Attributes(
            Map<String, Attribute> byPath,
            Optional<Attribute> further,
            String open,
            Function<String, Optional<Attribute>> resolver,
            boolean notDocumented) {
        this.byPath = byPath;
        this.further = further;
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
        return new Attributes(byPath, Optional.empty(), "", path -> Optional.empty(), false);
    }

    /** These, and one that is another in each org; the last one that was said counts. */
    public Attributes with(Attribute one) {
        return new Attributes(byPath, Optional.of(one), open, resolver, notDocumented);
    }

    /**
     * These, and those that a function knows.
     *
     * @param named how messages name the others, such as {@code profile.*}
     * @param others the attribute of a path; paths are well-formed, at most 256 characters and 8
     *     segments
     */
    public Attributes or(String named, Function<String, Optional<Attribute>> others) {
        return new Attributes(byPath, further, named, others, notDocumented);
    }

    /** The same; under {@code strict} there is no {@code not} (users' and groups' filter). */
    public Attributes withoutNot() {
        return new Attributes(byPath, further, open, resolver, true);
    }

    /** The attribute of a path, letter by letter. */
    public Optional<Attribute> find(String path) {
        Attribute listed = byPath.get(path);
        return Optional.ofNullable(listed)
                .or(() -> further.filter(one -> one.path().equals(path)))
                .or(() -> resolver.apply(path));
    }

    boolean allowsNot(boolean strict) {
        return !strict || !notDocumented;
    }

    /** The names, for messages. */
    List<String> names() {
        List<String> names = new ArrayList<>(byPath.keySet());
        further.ifPresent(one -> names.add(one.path()));
        if (!open.isEmpty()) {
            names.add(open);
        }
        return names;
    }
}
