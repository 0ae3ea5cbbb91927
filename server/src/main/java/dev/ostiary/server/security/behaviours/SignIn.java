package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.context.IpAddress;
import dev.ostiary.platform.context.Place;
import dev.ostiary.platform.secret.TokenHash;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From where somebody signs in, or did.
 *
 * @param at when
 * @param device which device, by its token; null where none was sent
 * @param address the client's (P13); null where it is not known
 * @param place where that address is, as far as anybody knows
 */
public record SignIn(
        Instant at, @Nullable TokenHash device, @Nullable IpAddress address, Place place) {

    private static final String KIND = "device";

    /**
     * A sign-in as a request describes it.
     *
     * @param deviceToken what names the client's device, as it was sent; it is kept as a hash
     */
    public static SignIn of(
            Instant at, @Nullable String deviceToken, @Nullable IpAddress address, Place place) {
        return new SignIn(at, deviceToken == null ? null : device(deviceToken), address, place);
    }

    static TokenHash device(String token) {
        return TokenHash.of(KIND, token);
    }
}
