package dev.ostiary.server.myaccount;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The version of the MyAccount API that a client asks for, as a parameter of {@code Accept} (guide
 * "Configure user-scoped account management", API versioning). Whoever names none gets the only one
 * that there is, as the documented examples do.
 */
final class ApiVersion {

    private static final String PARAMETER = "okta-version=";
    private static final String ONLY = "1.0.0";

    private ApiVersion() {}

    /**
     * @throws ApiException {@code E0000149} if every media type that is named is of another version
     */
    static void require(Request request) {
        List<String> ranges = Stream.of(request.header("Accept").orElse("*/*").split(",")).toList();
        if (ranges.stream().noneMatch(ApiVersion::isOurs)) {
            throw ApiException.of("E0000149");
        }
    }

    private static boolean isOurs(String range) {
        return Stream.of(range.split(";"))
                .map(part -> part.replace("\"", "").strip().toLowerCase(Locale.ROOT))
                .filter(part -> part.startsWith(PARAMETER))
                .allMatch(part -> part.substring(PARAMETER.length()).strip().equals(ONLY));
    }
}
