package dev.ostiary.server.signin.pages.html;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The attributes that elements may have: none runs script ({@code on…}) or holds style. Those that
 * are addresses take paths of the own host and absolute addresses of the web, nothing else.
 */
public enum Attribute {
    ACTION(Kind.ADDRESS),
    ALT,
    ARIA_CONTROLS,
    ARIA_DESCRIBEDBY,
    ARIA_HIDDEN,
    ARIA_INVALID,
    ARIA_LABELLEDBY,
    ARIA_LIVE,
    AUTOCAPITALIZE,
    AUTOCOMPLETE,
    AUTOFOCUS(Kind.FLAG),
    CHARSET,
    CHECKED(Kind.FLAG),
    CLASS,
    CONTENT,
    DATA_AFTER,
    DATA_CHALLENGE,
    DATA_CREATION,
    DATA_CREDENTIALS,
    DATA_FAILED,
    DATA_HIDE,
    DATA_MESSAGE,
    DATA_ORIGIN,
    DATA_RP,
    DATA_SHOW,
    DATA_SUBMIT,
    DATA_UNSUPPORTED,
    DATA_VERIFICATION,
    DATA_WAIT,
    DEFER(Kind.FLAG),
    FOR,
    HIDDEN(Kind.FLAG),
    HREF(Kind.ADDRESS),
    HTTP_EQUIV,
    ID,
    INPUTMODE,
    LANG,
    MAXLENGTH,
    METHOD,
    NAME,
    REL,
    REQUIRED(Kind.FLAG),
    ROLE,
    SANDBOX,
    SPELLCHECK,
    SRC(Kind.ADDRESS),
    TARGET,
    TYPE,
    VALUE;

    private enum Kind {
        TEXT,
        ADDRESS,
        /** Says something by being there. */
        FLAG
    }

    private static final Pattern ADDRESSES =
            Pattern.compile("#[A-Za-z][A-Za-z0-9-]*|/(?![/\\\\])[!-~]*|https?://[!-~]+");

    private final String written;
    private final Kind kind;

    Attribute() {
        this(Kind.TEXT);
    }

    Attribute(Kind kind) {
        this.written = name().toLowerCase(Locale.ROOT).replace('_', '-');
        this.kind = kind;
    }

    String written() {
        return written;
    }

    boolean isFlag() {
        return kind == Kind.FLAG;
    }

    /** Refuses an address that could run code; whoever builds a page has judged it before. */
    void check(String value) {
        if (kind == Kind.ADDRESS && !ADDRESSES.matcher(value).matches()) {
            throw new IllegalArgumentException("no address of a page: " + written);
        }
    }
}
