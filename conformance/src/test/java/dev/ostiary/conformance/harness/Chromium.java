package dev.ostiary.conformance.harness;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium that knows the sites of a test by name, all of them on this machine, and
 * trusts the certificate that the server has at the start. Not thread-safe.
 */
public final class Chromium implements AutoCloseable {

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();
    private @Nullable BrowserContext context;

    private Chromium(Path program, String pin, List<String> sites) {
        playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(program)
                                        .setHeadless(true)
                                        .setArgs(arguments(pin, sites)));
    }

    private static List<String> arguments(String pin, List<String> sites) {
        String rules =
                String.join(
                        ", ", sites.stream().map(site -> "MAP " + site + " 127.0.0.1").toList());
        return List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=" + rules,
                "--ignore-certificate-errors-spki-list=" + pin);
    }

    /**
     * Starts it, or skips the test where none is installed.
     *
     * @param server whose certificate it trusts, once the server's CA has vouched for it
     * @param sites host names that mean this machine
     */
    public static Chromium startOrSkip(Server server, String... sites) {
        Optional<Path> program = find();
        if (program.isEmpty()) {
            System.out.println(
                    "[browser] skipped: no Chromium on the PATH (Debian: apt-get install chromium),"
                            + " and $OSTIARY_CHROMIUM names none");
        }
        assumeTrue(program.isPresent(), "no Chromium is installed");
        return new Chromium(program.orElseThrow(), pin(server), List.of(sites));
    }

    /** The SHA-256 of the certificate's public key (RFC 7469, section 2.4). */
    private static String pin(Server server) {
        try (RawTls tls = RawTls.open(server.trust().context(), server.port())) {
            byte[] key = tls.certificate().getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Path> find() {
        Stream<Path> named =
                Stream.ofNullable(System.getenv("OSTIARY_CHROMIUM"))
                        .filter(name -> !name.isEmpty())
                        .map(Path::of);
        Stream<Path> installed =
                Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .flatMap(
                                folder ->
                                        Stream.of("chromium", "chromium-browser", "google-chrome")
                                                .map(name -> Path.of(folder, name)));
        return Stream.concat(named, installed).filter(Files::isExecutable).findFirst();
    }

    /** A page in a fresh profile, at a URL. */
    public Page page(String url) {
        Page page = page(new Browser.NewContextOptions());
        page.navigate(url);
        return page;
    }

    /** A page in a fresh profile of somebody's, with nothing opened yet. */
    public Page page(Browser.NewContextOptions visitor) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(visitor);
        Page page = context.newPage();
        complaints.clear();
        page.onConsoleMessage(message -> complaints.add(message.text()));
        return page;
    }

    /** What the last page's console said, for messages. */
    public String said() {
        return String.join("\n", complaints);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
