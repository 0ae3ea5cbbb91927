package dev.ostiary.server.directory.users;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a client asks to leave out, by {@code Content-Type: application/json;
 * okta-response=omitCredentials,omitCredentialsLinks} (Users, "Content-Type Header Fields").
 * Options that nobody knows are ignored. {@code omitTransitioningToStatus} is heard and has nothing
 * to leave out.
 *
 * @param credentials whether {@code credentials} is left out
 * @param credentialsLinks whether the links of credential operations are left out
 */
public record UserOmissions(boolean credentials, boolean credentialsLinks) {

    /** Everything is written. */
    public static final UserOmissions NONE = new UserOmissions(false, false);

    private static final String PARAMETER = "okta-response=";

    /** Reads the header. */
    static UserOmissions of(Optional<String> contentType) {
        return contentType.map(UserOmissions::read).orElse(NONE);
    }

    private static UserOmissions read(String contentType) {
        int at = contentType.toLowerCase(Locale.ROOT).indexOf(PARAMETER);
        if (at < 0) {
            return NONE;
        }
        String value = contentType.substring(at + PARAMETER.length()).strip();
        boolean quoted = value.startsWith("\"");
        int end = quoted ? value.indexOf('"', 1) : value.indexOf(';');
        String list = value.substring(quoted ? 1 : 0, end < 0 ? value.length() : end);
        Set<String> options =
                Arrays.stream(list.split(",")).map(String::strip).collect(Collectors.toSet());
        return new UserOmissions(
                options.contains("omitCredentials"), options.contains("omitCredentialsLinks"));
    }
}
