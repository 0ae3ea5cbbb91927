package dev.ostiary.conformance.pages;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Org;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a browser needs to send a form.
 *
 * @param cookie the cookie, as it is sent
 * @param token the hidden field
 */
public record FormToken(String cookie, String token) {

    private static final Pattern FIELD = Pattern.compile("name=\"formToken\"[^>]*value=\"([^\"]+)");

    /** One that a page of an org gives. */
    public static FormToken of(Org org) {
        return of(org.nobody().get("/signin").expect(200));
    }

    /** The one that a page gives to a browser that had none. */
    public static FormToken of(Answer page) {
        String line =
                page.lines("Set-Cookie").stream()
                        .filter(each -> each.startsWith("__Host-form="))
                        .findFirst()
                        .orElseThrow();
        Matcher field = FIELD.matcher(page.text());
        if (!field.find()) {
            throw new AssertionError("no token in " + page);
        }
        return new FormToken(line.substring(0, line.indexOf(';')), field.group(1));
    }
}
