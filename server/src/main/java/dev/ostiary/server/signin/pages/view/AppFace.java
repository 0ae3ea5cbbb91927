package dev.ostiary.server.signin.pages.view;

import static dev.ostiary.server.signin.pages.html.Attribute.ALT;
import static dev.ostiary.server.signin.pages.html.Attribute.CLASS;
import static dev.ostiary.server.signin.pages.html.Attribute.HREF;
import static dev.ostiary.server.signin.pages.html.Attribute.REL;
import static dev.ostiary.server.signin.pages.html.Attribute.SRC;
import static dev.ostiary.server.signin.pages.html.Attribute.TARGET;

import dev.ostiary.platform.http.Urls;
import dev.ostiary.server.signin.pages.html.Element;
import dev.ostiary.server.signin.pages.html.Tag;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How an app shows itself to people whom it has sent here: its picture, and where they read about
 * it (OpenID Connect Dynamic Client Registration 1.0, 2). What it has said of itself is shown where
 * it is an address of the web over TLS, and no other way. Immutable.
 *
 * @param name what people call it
 * @param picture a path of the own host, or an address of the web
 * @param about where people read of it
 * @param terms of its service
 * @param privacy what it does with what it learns
 */
public record AppFace(
        String name,
        Optional<String> picture,
        Optional<String> about,
        Optional<String> terms,
        Optional<String> privacy) {

    /** What pages link to, and what a policy of theirs can name (CSP 3, section 2.3.1). */
    private static final Pattern SHOWN =
            Pattern.compile("https://[A-Za-z0-9.-]+(:\\d{1,5})?([/?#][!-~]*)?");

    public AppFace {
        picture = picture.filter(each -> isOwn(each) || isShown(each));
        about = about.filter(AppFace::isShown);
        terms = terms.filter(AppFace::isShown);
        privacy = privacy.filter(AppFace::isShown);
    }

    /** An app of which no more is known. */
    public static AppFace named(String name) {
        return new AppFace(
                name, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static boolean isOwn(String address) {
        return address.startsWith("/") && !address.startsWith("//");
    }

    private static boolean isShown(String address) {
        return SHOWN.matcher(address).matches() && Urls.origin(address).isPresent();
    }

    /** Whose picture it is, where it is another host's. */
    Optional<String> pictureOrigin() {
        return picture.filter(each -> !isOwn(each)).flatMap(Urls::origin);
    }

    /** The picture; the name stands beside it. */
    Optional<Element> image() {
        return picture.map(
                address ->
                        Element.of(Tag.IMG)
                                .with(CLASS, "app-picture")
                                .with(SRC, address)
                                .with(ALT, ""));
    }

    /**
     * Where people read more, if anywhere: each in a window of its own, so that nothing is lost.
     */
    Optional<Element> links(Words words) {
        List<Element> links = new ArrayList<>();
        about.ifPresent(address -> links.add(link(address, Phrase.APP_ABOUT, words)));
        terms.ifPresent(address -> links.add(link(address, Phrase.APP_TERMS, words)));
        privacy.ifPresent(address -> links.add(link(address, Phrase.APP_PRIVACY, words)));
        return links.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Element.of(Tag.UL)
                                .with(CLASS, "app-links")
                                .holding(
                                        links.stream()
                                                .map(link -> Element.of(Tag.LI).holding(link))
                                                .toList()));
    }

    private Element link(String address, Phrase phrase, Words words) {
        return Element.of(Tag.A)
                .with(HREF, address)
                .with(REL, "noopener noreferrer")
                .with(TARGET, "_blank")
                .saying(words.say(phrase, name));
    }
}
