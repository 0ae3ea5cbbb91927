package dev.ostiary.platform.query;

import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The searchable copy of an object, as {@link Documents} finds it. A store writes it in the
 * transaction that writes the object, so that a search sees what was written (P29).
 *
 * @param doc JSON with every string {@link CaseFold folded}, names as they are: a {@code jsonb}
 * @param words every string value of which parts are looked for, folded, once, one a line: a {@code
 *     text}
 */
public record SearchDocument(String doc, String words) {

    /**
     * The copy of an object. Dates in it are written as on the wire, to the millisecond; its texts
     * hold no NUL and no lone surrogate, its depth is bounded, as the body's limits have seen to.
     */
    public static SearchDocument of(ObjectNode object) {
        return of(object, Set.of());
    }

    /**
     * The copy of an object some of whose attributes nobody looks for by a part: dates, states,
     * ids. Their words would cost every write their trigrams, and find nothing that {@link
     * Documents#withoutWords} does not.
     *
     * @param whole names of the object's own properties that are left out of the words
     */
    public static SearchDocument of(ObjectNode object, Set<String> whole) {
        Set<String> words = new LinkedHashSet<>();
        Set<String> unused = new LinkedHashSet<>();
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties()
                .forEach(
                        e ->
                                copy.set(
                                        e.getKey(),
                                        folded(
                                                e.getValue(),
                                                whole.contains(e.getKey()) ? unused : words)));
        return new SearchDocument(copy.toString(), String.join("\n", words));
    }

    private static JsonNode folded(JsonNode node, Set<String> words) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(e -> copy.set(e.getKey(), folded(e.getValue(), words)));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> copy.add(folded(element, words)));
                yield copy;
            }
            default -> {
                if (!node.isString()) {
                    yield node;
                }
                String word = CaseFold.fold(node.stringValue());
                words.add(word);
                yield JsonNodeFactory.instance.stringNode(word);
            }
        };
    }
}
