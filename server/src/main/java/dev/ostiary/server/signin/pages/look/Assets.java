package dev.ostiary.server.signin.pages.look;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files that pages load: each under a name with the hash of its content, so that browsers may
 * keep it for ever. Immutable and thread-safe.
 */
public final class Assets {

    private static final String FOLDER = "/assets/pages/";
    private static final String CSS = "text/css; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String PICTURE = "image/svg+xml";

    private final Asset stylesheet = load("pages", "css", CSS);
    private final Asset script = load("pages", "js", SCRIPT);
    private final Asset keyScript = load("keys", "js", SCRIPT);
    private final Asset waitScript = load("wait", "js", SCRIPT);
    private final Asset fingerprintScript = load("fingerprint", "js", SCRIPT);
    private final Asset icon = load("icon", "svg", PICTURE);
    private final Map<String, Asset> byName =
            Stream.of(stylesheet, script, keyScript, waitScript, fingerprintScript, icon)
                    .collect(Collectors.toUnmodifiableMap(Asset::name, Function.identity()));

    /**
     * A file.
     *
     * @param name its name, with the hash
     */
    public record Asset(String name, String mediaType, String content) {}

    /** The file of a name: one of those that are packed with the program, or a brand's colours. */
    public Optional<Asset> find(String name) {
        return Optional.ofNullable(byName.get(name))
                .or(() -> Palette.ofFile(name).map(palette -> new Asset(name, CSS, palette.css())));
    }

    /** The address of the stylesheet. */
    public String stylesheet() {
        return FOLDER + stylesheet.name();
    }

    /** The address of the script. */
    public String script() {
        return FOLDER + script.name();
    }

    /** The address of the script that asks security keys. */
    public String keyScript() {
        return FOLDER + keyScript.name();
    }

    /** The address of the script that waits for telephones. */
    public String waitScript() {
        return FOLDER + waitScript.name();
    }

    /** The address of the script that names browsers. */
    public String fingerprintScript() {
        return FOLDER + fingerprintScript.name();
    }

    /** The address of the picture beside the title. */
    public String icon() {
        return FOLDER + icon.name();
    }

    /** The address of a brand's colours. */
    public String colours(Palette palette) {
        return FOLDER + palette.fileName();
    }

    private static Asset load(String base, String extension, String mediaType) {
        String file = base + "." + extension;
        try (InputStream in = Assets.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("a file of the pages is missing: " + file);
            }
            byte[] content = in.readAllBytes();
            return new Asset(
                    base + "." + hash(content) + "." + extension,
                    mediaType,
                    new String(content, UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String hash(byte[] content) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(all, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
