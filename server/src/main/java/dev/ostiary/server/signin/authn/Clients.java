package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.context.DeviceFingerprint;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.signin.devices.Device;
import dev.ostiary.server.signin.devices.DeviceCookie;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who is at the other end of a request that begins a sign-in or a recovery, as far as it counts.
 */
final class Clients {

    private static final int LONGEST_TOKEN = 32;

    private Clients() {}

    /** Who is counted, in one spelling; requests that go on with a state token are not. */
    static Optional<String> userName(Request request) {
        return Optional.ofNullable(request.object().get("username"))
                .filter(node -> node.isString() && node.stringValue().length() <= 200)
                .map(node -> Accounts.spelling(node.stringValue()));
    }

    /** A cookie for a browser that no application speaks for, and that has none. */
    static Optional<DeviceCookie.Given> givenTo(Request request, Tokens tokens) {
        return !isTrusted(request)
                        && DeviceCookie.isBrowser(request)
                        && DeviceCookie.of(request).isEmpty()
                ? Optional.of(DeviceCookie.give(tokens))
                : Optional.empty();
    }

    /**
     * A device is believed to be what a trusted application says it is, and nobody else but the
     * browser that was given a name (P15).
     */
    static Device device(
            Request request, SignInBody.@Nullable Context context, Optional<String> given) {
        if (!isTrusted(request)) {
            return new Device(DeviceCookie.of(request).or(() -> given), Optional.empty());
        }
        DeviceFingerprint fingerprint =
                DeviceFingerprint.of(request.header("X-Device-Fingerprint").orElse(null));
        return new Device(
                Optional.ofNullable(context).flatMap(Clients::deviceToken),
                Optional.ofNullable(fingerprint).map(DeviceFingerprint::value));
    }

    /** Of whom it counts; of others it is ignored, however long. */
    private static Optional<String> deviceToken(SignInBody.Context context) {
        Optional<String> token = Optional.ofNullable(context.deviceToken());
        if (token.filter(text -> text.length() > LONGEST_TOKEN).isPresent()) {
            throw ApiException.validation(
                    "context",
                    "deviceToken: The field is too long: at most 32 characters are allowed");
        }
        return token;
    }

    /** Whether an administrator's API token says that a trusted application asks. */
    static boolean isTrusted(Request request) {
        return switch (request.caller()) {
            case Caller.Token token -> token.permissions().superAdmin();
            case Caller.Session session -> false;
            case Caller.Bearer bearer -> false;
            case Caller.Operator operator -> false;
            case Caller.Anonymous nobody -> false;
        };
    }
}
