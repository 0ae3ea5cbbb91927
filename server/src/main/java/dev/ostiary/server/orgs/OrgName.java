package dev.ostiary.server.orgs;

import java.util.regex.Pattern;

/** The name of an org: a label of its host (RFC 1123), so that it has to be one. */
final class OrgName {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    /** It means the default org (P1). */
    private static final String RESERVED = "localhost";

    private OrgName() {}

    /** Whether an org can be called so. */
    static boolean isName(String text) {
        return LABEL.matcher(text).matches() && !text.equals(RESERVED);
    }
}
