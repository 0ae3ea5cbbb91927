package dev.ostiary.server.delivery;

import dev.ostiary.platform.context.Language;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Whom a mail is for. The mail itself calls people by what they are called here.
 *
 * @param address mail address
 * @param firstName first name; may be empty
 * @param login the name to sign in with
 * @param language what the mail is written in, if that is known; else the org's language
 */
public record Recipient(
        String address, String firstName, String login, Optional<Language> language) {

    /** Somebody of whom no language is known. */
    public Recipient(String address, String firstName, String login) {
        this(address, firstName, login, Optional.empty());
    }

    /**
     * The language of a user: the one that is liked best, else that of the place (Users, "Default
     * profile properties"); none where messages speak neither.
     */
    public static Optional<Language> language(JsonNode profile) {
        return Stream.of("preferredLanguage", "locale")
                .map(name -> profile.path(name).asString(""))
                .map(Language::ofTag)
                .flatMap(Optional::stream)
                .findFirst();
    }
}
