package dev.ostiary.server.directory.users;

import java.util.HexFormat;

/** The entity tag of a user: weak, since links in the same answer may depend on more (WIRE). */
final class UserTag {

    private UserTag() {}

    static String of(User user) {
        long mixed = user.id().hashCode() * 0x9E3779B97F4A7C15L ^ user.version();
        return "W/\"" + HexFormat.of().toHexDigits(mixed) + "\"";
    }
}
