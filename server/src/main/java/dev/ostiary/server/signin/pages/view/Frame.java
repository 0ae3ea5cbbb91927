package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.ACTION;
import static dev.ostiary.server.signin.pages.html.Attribute.ALT;
import static dev.ostiary.server.signin.pages.html.Attribute.ARIA_HIDDEN;
import static dev.ostiary.server.signin.pages.html.Attribute.CHARSET;
import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
import static dev.ostiary.server.signin.pages.html.Attribute.CONTENT;
import static dev.ostiary.server.signin.pages.html.Attribute.DEFER;
import static dev.ostiary.server.signin.pages.html.Attribute.HREF;
import static dev.ostiary.server.signin.pages.html.Attribute.ID;
import static dev.ostiary.server.signin.pages.html.Attribute.LANG;
import static dev.ostiary.server.signin.pages.html.Attribute.METHOD;
import static dev.ostiary.server.signin.pages.html.Attribute.NAME;
import static dev.ostiary.server.signin.pages.html.Attribute.REL;
import static dev.ostiary.server.signin.pages.html.Attribute.SRC;

import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.Optional;

/**
 * What all pages of a visit share. Immutable.
 *
 * @param words the language
 * @param brand the name above the page
 * @param privacyPolicy an address of the web, if the brand has one
 * @param signed whether the page says whose software it is
 * @param files the addresses of stylesheets, script and icon
 * @param formToken what a form of this page has to bring along
 */
public record Frame(
        Words words,
        String brand,
        Optional<String> privacyPolicy,
        boolean signed,
        Files files,
        String formToken) {

    /** The field of {@link #formToken}. */
    public static final String TOKEN = "formToken";

    private static final String CONTENT_ID = "content";

    /**
     * Addresses of what pages load.
     *
     * @param keyScript what pages load besides that ask security keys
     * @param waitScript what pages load besides that wait for a telephone
     * @param logo the brand's picture, if it has one
     * @param background the picture behind pages with a card, if there is to be one
     */
    public record Files(
            String stylesheet,
            String colours,
            String script,
            String keyScript,
            String waitScript,
            String icon,
            Optional<String> logo,
            Optional<String> background) {}

    /** A document with a page in it. */
    public Element document(Screen screen) {
        String title = words.say(Phrase.TITLE_OF_PAGE, screen.title(this), brand);
        return Element.of(Tag.HTML)
                .with(LANG, words.language().tag())
                .holding(
                        head(
                                screen.isError() ? words.say(Phrase.ERROR_PREFIX, title) : title,
                                screen),
                        Element.of(Tag.BODY, screen.isCard() ? "one" : "whole")
                                .holding(
                                        Element.of(Tag.A, "skip", words.say(Phrase.SKIP_TO_CONTENT))
                                                .with(HREF, "#" + CONTENT_ID))
                                .holding(
                                        files.background()
                                                .filter(_ -> screen.isCard())
                                                .map(Frame::behind))
                                .holding(
                                        screen.isCard() ? stage(screen) : screen.main(this),
                                        foot()));
    }

    /** It says nothing, so it is nothing to who does not see it. */
    private static Element behind(String address) {
        return Element.of(Tag.IMG, "behind").with(SRC, address).with(ALT, "");
    }

    private Element stage(Screen screen) {
        return Element.of(Tag.DIV, "stage")
                .holding(Element.of(Tag.DIV, "card").holding(header(), content(screen.main(this))));
    }

    /** Marks where the content begins. */
    static Element content(Element main) {
        return main.with(ID, CONTENT_ID);
    }

    private Element head(String title, Screen screen) {
        Element head =
                Element.of(Tag.HEAD)
                        .holding(
                                Element.of(Tag.META).with(CHARSET, "utf-8"),
                                Element.of(Tag.META)
                                        .with(NAME, "viewport")
                                        .with(CONTENT, "width=device-width, initial-scale=1"),
                                Element.of(Tag.META)
                                        .with(NAME, "color-scheme")
                                        .with(CONTENT, "light dark"),
                                Element.of(Tag.META).with(NAME, "robots").with(CONTENT, "noindex"),
                                Element.of(Tag.TITLE).saying(title),
                                Element.of(Tag.LINK).with(REL, "icon").with(HREF, files.icon()),
                                stylesheet(files.stylesheet()),
                                stylesheet(files.colours()),
                                script(files.script()));
        if (screen.asksSecurityKey()) {
            return head.holding(script(files.keyScript()));
        }
        return screen.waits() ? head.holding(script(files.waitScript())) : head;
    }

    private static Element script(String address) {
        return Element.of(Tag.SCRIPT).with(SRC, address).flag(DEFER, true);
    }

    private static Element stylesheet(String address) {
        return Element.of(Tag.LINK).with(REL, "stylesheet").with(HREF, address);
    }

    /** The brand: its picture, which says its name, or its first letter as a sign, and the name. */
    Element header() {
        if (files.logo().isPresent()) {
            return Element.of(Tag.HEADER, "brand")
                    .holding(
                            Element.of(Tag.IMG)
                                    .with(CLASS, "logo")
                                    .with(SRC, files.logo().get())
                                    .with(ALT, brand));
        }
        return Element.of(Tag.HEADER, "brand")
                .holding(
                        Element.of(Tag.SPAN, "mark", initial()).with(ARIA_HIDDEN, "true"),
                        Element.of(Tag.SPAN).saying(brand));
    }

    private String initial() {
        String name = brand.strip();
        return name.isEmpty()
                ? "·"
                : name.substring(0, name.offsetByCodePoints(0, 1))
                        .toUpperCase(words.language().locale());
    }

    private Element foot() {
        Element foot = Element.of(Tag.FOOTER).with(CLASS, "foot");
        if (privacyPolicy.isPresent()) {
            foot =
                    foot.holding(
                            Element.of(Tag.A)
                                    .with(HREF, privacyPolicy.get())
                                    .with(REL, "noopener")
                                    .saying(words.say(Phrase.PRIVACY)));
        }
        return signed
                ? foot.holding(Element.of(Tag.SPAN).saying(words.say(Phrase.POWERED_BY)))
                : foot;
    }

    /** A form that proves where it came from. */
    Element form(String action) {
        return Element.of(Tag.FORM)
                .with(METHOD, "post")
                .with(ACTION, action)
                .holding(Field.hidden(TOKEN, formToken));
    }
}
