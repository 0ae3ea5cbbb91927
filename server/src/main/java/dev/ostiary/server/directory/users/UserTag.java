package dev.ostiary.server.directory.users;

import dev.ostiary.platform.problem.ApiException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The entity tag of a user: weak, since links in the same answer may depend on more (WIRE). A
 * change may be conditional on it ({@code If-Match} of {@code updateUser} and {@code replaceUser}).
 */
final class UserTag {

    private static final Pattern TAG = Pattern.compile("(?:W/)?(\"[^\"]{1,100}\")");

    private UserTag() {}

    static String of(User user) {
        long mixed = user.id().hashCode() * 0x9E3779B97F4A7C15L ^ user.version();
        return "W/\"" + HexFormat.of().toHexDigits(mixed) + "\"";
    }

    /**
     * Holds a change to the state that its client knows.
     *
     * @param condition the header, if it was sent: {@code *} or tags, weak or not
     * @throws ApiException {@code E0000231} if the user is in another state, {@code E0000242} for
     *     what is no tag
     */
    static void require(Optional<String> condition, User user) {
        if (condition.isEmpty() || condition.get().strip().equals("*")) {
            return;
        }
        String opaque = of(user).substring("W/".length());
        boolean known = false;
        for (String part : condition.get().split(",", -1)) {
            Matcher tag = TAG.matcher(part.strip());
            if (!tag.matches()) {
                throw ApiException.of("E0000242");
            }
            known |= tag.group(1).equals(opaque);
        }
        if (!known) {
            throw ApiException.of("E0000231");
        }
    }
}
