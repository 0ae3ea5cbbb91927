package dev.ostiary.server.signin.pages.html;

import dev.ostiary.server.signin.pages.html.Tag.Content;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An element with its attributes and what it holds. Immutable; each method answers another one.
 *
 * @param tag what it is
 * @param attributes by name, each once; a flag has no text
 * @param children in their order
 */
public record Element(Tag tag, Map<Attribute, String> attributes, List<Html> children)
        implements Html {

    public Element {
        attributes = Collections.unmodifiableMap(copy(attributes));
        children = List.copyOf(children);
        boolean fits =
                switch (tag.content()) {
                    case ANY -> true;
                    case TEXT -> children.stream().allMatch(Text.class::isInstance);
                    case NONE, VOID -> children.isEmpty();
                };
        if (!fits) {
            throw new IllegalArgumentException("no such content in " + tag);
        }
    }

    private static Map<Attribute, String> copy(Map<Attribute, String> attributes) {
        Map<Attribute, String> copy = new EnumMap<>(Attribute.class);
        copy.putAll(attributes);
        return copy;
    }

    /** An element with nothing in it. */
    public static Element of(Tag tag) {
        return new Element(tag, Map.of(), List.of());
    }

    /** An element of a class with some content. */
    public static Element of(Tag tag, String styleClass, Html... content) {
        return of(tag).with(Attribute.CLASS, styleClass).holding(content);
    }

    /** An element of a class with some words. */
    public static Element of(Tag tag, String styleClass, String words) {
        return of(tag).with(Attribute.CLASS, styleClass).saying(words);
    }

    /**
     * The same with an attribute.
     *
     * @throws IllegalArgumentException if it is an address that could run code
     */
    public Element with(Attribute name, String value) {
        name.check(value);
        Map<Attribute, String> more = copy(attributes);
        more.put(name, value);
        return new Element(tag, more, children);
    }

    /** The same with an attribute, if there is a value. */
    public Element with(Attribute name, Optional<String> value) {
        return value.map(text -> with(name, text)).orElse(this);
    }

    /** The same with a flag, if it is set. */
    public Element flag(Attribute name, boolean set) {
        return set ? with(name, "") : this;
    }

    /** The same with more content at the end. */
    public Element holding(Html... more) {
        return holding(Arrays.asList(more));
    }

    /** The same with more content at the end. */
    public Element holding(List<? extends Html> more) {
        List<Html> all = new ArrayList<>(children);
        all.addAll(more);
        return new Element(tag, attributes, all);
    }

    /** The same with more content at the end, if there is some. */
    public Element holding(Optional<? extends Html> more) {
        return more.map(html -> holding(html)).orElse(this);
    }

    /** The same with words at the end. */
    public Element saying(String words) {
        return holding(new Text(words));
    }

    /** Whether nothing may stand between start tag and end. */
    boolean isVoid() {
        return tag.content() == Content.VOID;
    }
}
