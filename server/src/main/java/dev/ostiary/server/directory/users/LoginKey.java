package dev.ostiary.server.directory.users;

import dev.ostiary.platform.query.CaseFold;
import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * What makes two logins the same: they are, if they differ only in case or diacritical marks
 * (Users, "Okta Login").
 *
 * @param text the login, folded and without marks
 */
record LoginKey(String text) {

    private static final Pattern MARKS = Pattern.compile("\\p{Mn}+");

    static LoginKey of(String login) {
        String apart = Normalizer.normalize(login, Normalizer.Form.NFD);
        return new LoginKey(CaseFold.fold(MARKS.matcher(apart).replaceAll("")));
    }
}
