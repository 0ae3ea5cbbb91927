package dev.ostiary.server.directory.users.password;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a login that a password must not contain (Users API, "Default Password Policy"): the
 * whole login, and what stands between {@code , . _ # @ -}, if it has four characters or more;
 * except for the top-level domain of a mail address.
 */
final class LoginParts {

    /** Shorter parts are not looked at: they would be in many passwords by chance. */
    static final int LEAST = 4;

    private LoginParts() {}

    static List<String> of(String login) {
        String counted = login;
        int at = login.lastIndexOf('@');
        int dot = login.lastIndexOf('.');
        if (at >= 0 && dot > at) {
            counted = login.substring(0, dot);
        }
        List<String> parts = new ArrayList<>(List.of(login));
        for (String part : counted.split("[,._#@-]")) {
            if (part.length() >= LEAST) {
                parts.add(part);
            }
        }
        return parts;
    }
}
