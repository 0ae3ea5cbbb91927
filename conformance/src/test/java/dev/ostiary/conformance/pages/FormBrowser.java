package dev.ostiary.conformance.pages;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Directory;
import dev.ostiary.conformance.harness.Http;
import dev.ostiary.conformance.harness.Org;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A browser without scripts that keeps cookies and sends forms. Not thread-safe. */
public final class FormBrowser {

    private final Org org;
    private final FormToken token;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    /** A fresh one. */
    public FormBrowser(Org org) {
        this.org = org;
        token = FormToken.of(org);
        keep(token.cookie());
    }

    private void keep(String line) {
        String pair = line.contains(";") ? line.substring(0, line.indexOf(';')) : line;
        int equals = pair.indexOf('=');
        String name = pair.substring(0, equals);
        if (line.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(equals + 1));
        }
    }

    /** What it sends with. */
    public Http http() {
        return org.nobody()
                .with("Accept", "text/html")
                .with("Accept-Language", "en")
                .with(
                        "Cookie",
                        cookies.entrySet().stream()
                                .map(each -> each.getKey() + "=" + each.getValue())
                                .collect(Collectors.joining("; ")));
    }

    private Answer kept(Answer answer) {
        answer.lines("Set-Cookie").forEach(this::keep);
        return answer;
    }

    /** Reads a path, or an address of the org. */
    public Answer get(String address) {
        URI uri = URI.create(address);
        return kept(
                http().get(
                                uri.getRawPath()
                                        + (uri.getRawQuery() == null
                                                ? ""
                                                : "?" + uri.getRawQuery())));
    }

    /** Reads where an answer leads to, at once or from a page that says so. */
    public Answer follow(Answer answer) {
        return get(
                answer.header("Location")
                        .or(() -> answer.header("Refresh").map(FormBrowser::target))
                        .orElseThrow(() -> new AssertionError("leads nowhere: " + answer)));
    }

    private static String target(String refresh) {
        return refresh.substring(refresh.indexOf("url=") + 4);
    }

    /** Sends a form, in pairs. */
    public Answer post(String path, String... fields) {
        Map<String, String> all = new HashMap<>(Map.of("formToken", token.token()));
        for (int i = 0; i < fields.length; i += 2) {
            all.put(fields[i], fields[i + 1]);
        }
        String form =
                all.entrySet().stream()
                        .map(
                                each ->
                                        each.getKey()
                                                + "="
                                                + URLEncoder.encode(
                                                        each.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
        return kept(
                http().with("Content-Type", "application/x-www-form-urlencoded")
                        .send("POST", path, form.getBytes(StandardCharsets.UTF_8)));
    }

    /** Takes a step of a sign-in. */
    public Answer step(String step, String... fields) {
        String[] all = new String[fields.length + 2];
        all[0] = "step";
        all[1] = step;
        System.arraycopy(fields, 0, all, 2, fields.length);
        return post("/signin/step", all);
    }

    /** Signs somebody in by the password, on the way to somewhere. */
    public Answer signIn(String login, String fromUri) {
        return post(
                "/signin", "username", login, "password", Directory.PASSWORD, "fromURI", fromUri);
    }

    /** Whether it is signed in, as far as it knows. */
    public boolean hasSession() {
        return cookies.containsKey("sid");
    }

    /** The cookie of its session. */
    public String session() {
        return cookies.getOrDefault("sid", "");
    }
}
