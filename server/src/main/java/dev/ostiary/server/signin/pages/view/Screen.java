package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.html.Element;
import java.util.Optional;

/** A page, as far as it differs from others. Implementations are immutable. */
public interface Screen {

    /** What the page is about: its heading, and the window's title beside the brand. */
    String title(Frame frame);

    /** Whether it says that something is wrong; the title says so then, too. */
    default boolean isError() {
        return false;
    }

    /** All that stands below the header. */
    Element main(Frame frame);

    /** Whether its form waits for the answer of a security key, so the page needs its script. */
    default boolean asksSecurityKey() {
        return false;
    }

    /** Whether it waits for a telephone, so its script may ask the own host. */
    default boolean waits() {
        return false;
    }

    /** The origin of another host whose picture the page shows. */
    default Optional<String> pictureOrigin() {
        return Optional.empty();
    }

    /** Whether there is one card in the middle, or a whole page. */
    default boolean isCard() {
        return true;
    }
}
