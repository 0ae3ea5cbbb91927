package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.ErrorPages;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.Frame;
import dev.ostiary.server.signin.pages.view.MessageScreen;
import java.util.List;
import java.util.Optional;

/**
 * Errors as pages: in the brand and the language of the reader, with the id that an administrator
 * finds in the server's log, and nothing of the inside. Thread-safe.
 */
final class PageFailures implements ErrorPages {

    /** Where nobody but programs goes. */
    private static final List<String> PROGRAMS =
            List.of("/api/", "/oauth2/", "/ostiary/", "/.well-known/", "/health/", "/idp/");

    private final Frames frames;

    PageFailures(Frames frames) {
        this.frames = frames;
    }

    @Override
    public Optional<Reply> page(Failure failure) {
        if (PROGRAMS.stream().anyMatch(failure.path()::startsWith)) {
            return Optional.empty();
        }
        Frames.Reader reader = new Frames.Reader(failure.host(), "", failure.acceptLanguage());
        Frame frame =
                failure.org()
                        .map(org -> frames.of(org, reader, ""))
                        .orElseGet(() -> frames.ofNobody(reader));
        return Optional.of(PageReply.of(failure.status(), frame, screen(failure)));
    }

    private static MessageScreen screen(Failure failure) {
        MessageScreen screen = words(failure);
        MessageScreen told = failure.status() >= 500 ? screen.referring(failure.errorId()) : screen;
        return failure.org().isPresent() ? told : told.withoutWays();
    }

    private static MessageScreen words(Failure failure) {
        if (failure.code().equals("E0000105") || failure.code().equals("E0000011")) {
            return MessageScreen.bad(Phrase.LINK_EXPIRED, Phrase.LINK_EXPIRED_TEXT);
        }
        return switch (failure.status()) {
            case 404, 405 -> MessageScreen.bad(Phrase.NOT_FOUND, Phrase.NOT_FOUND_TEXT);
            case 401, 403 -> MessageScreen.bad(Phrase.FORBIDDEN, Phrase.FORBIDDEN_TEXT);
            case 429 -> MessageScreen.bad(Phrase.TOO_MANY_TITLE, Phrase.TOO_MANY);
            default ->
                    failure.status() < 500
                            ? MessageScreen.bad(Phrase.BAD_REQUEST, Phrase.BAD_REQUEST_TEXT)
                            : MessageScreen.bad(Phrase.ERROR_TITLE, Phrase.ERROR_TEXT);
        };
    }
}
