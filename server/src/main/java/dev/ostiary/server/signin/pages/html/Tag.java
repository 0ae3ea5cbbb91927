package dev.ostiary.server.signin.pages.html;

import java.util.Locale;

/**
 * The elements that pages are made of (HTML Standard, section 4). There is none that holds style or
 * script as text: what is in them is not escaped by entities, and the pages' policy refuses them
 * anyway.
 */
public enum Tag {
    HTML(Content.ANY),
    HEAD(Content.ANY),
    TITLE(Content.TEXT),
    META(Content.VOID),
    LINK(Content.VOID),
    SCRIPT(Content.NONE),
    BODY(Content.ANY),
    HEADER(Content.ANY),
    MAIN(Content.ANY),
    FOOTER(Content.ANY),
    NAV(Content.ANY),
    SECTION(Content.ANY),
    DIV(Content.ANY),
    SPAN(Content.ANY),
    H1(Content.ANY),
    H2(Content.ANY),
    P(Content.ANY),
    STRONG(Content.ANY),
    UL(Content.ANY),
    LI(Content.ANY),
    A(Content.ANY),
    FORM(Content.ANY),
    LABEL(Content.ANY),
    INPUT(Content.VOID),
    SELECT(Content.ANY),
    OPTION(Content.TEXT),
    IFRAME(Content.NONE),
    IMG(Content.VOID),
    NOSCRIPT(Content.ANY),
    BUTTON(Content.ANY);

    /** What an element may hold. */
    enum Content {
        /** Anything. */
        ANY,
        /** Words only. */
        TEXT,
        /** Nothing, yet it has an end tag. */
        NONE,
        /** Nothing, and it has no end tag (HTML Standard, "Void elements"). */
        VOID
    }

    private final Content content;
    private final String written;

    Tag(Content content) {
        this.content = content;
        this.written = name().toLowerCase(Locale.ROOT);
    }

    Content content() {
        return content;
    }

    String written() {
        return written;
    }
}
