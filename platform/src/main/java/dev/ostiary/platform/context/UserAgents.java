package dev.ostiary.platform.context;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import ua_parser.OS;
import ua_parser.Parser;

/**
 * Reads {@code User-Agent} headers (P14) by the patterns of the ua-parser project.
 *
 * <p>The patterns take some hundred milliseconds to load, and an unknown header about one to match:
 * so they are loaded when the first header comes (or by {@link #warm}, in the background after the
 * start), and the last {@value #CACHED} headers are remembered. Only the first {@value #MAX_PARSED}
 * characters are matched, which bounds what a hostile header can cost. A caller that needs the
 * agent only for some requests had better ask late. Thread-safe.
 */
public final class UserAgents {

    /** How much of a header is kept. */
    static final int MAX_RAW = 1000;

    private static final int MAX_PARSED = 512;
    private static final int CACHED = 2000;

    /** Browsers as the System Log writes them; whatever is not here is none, or told by a hint. */
    private static final Map<String, String> BROWSERS =
            Map.ofEntries(
                    Map.entry("Chrome", "CHROME"),
                    Map.entry("Chromium", "CHROME"),
                    Map.entry("HeadlessChrome", "CHROME"),
                    Map.entry("Chrome Mobile", "CHROME_MOBILE"),
                    Map.entry("Chrome Mobile iOS", "CHROME_MOBILE"),
                    Map.entry("Chrome Mobile WebView", "CHROME_MOBILE"),
                    Map.entry("Firefox", "FIREFOX"),
                    Map.entry("Firefox Mobile", "FIREFOX_MOBILE"),
                    Map.entry("Firefox iOS", "FIREFOX_MOBILE_IOS"),
                    Map.entry("Safari", "SAFARI"),
                    Map.entry("Mobile Safari", "MOBILE_SAFARI"),
                    Map.entry("Mobile Safari UI/WKWebView", "MOBILE_SAFARI"),
                    Map.entry("Edge", "EDGE"),
                    Map.entry("Edge Mobile", "EDGE_MOBILE"),
                    Map.entry("IE", "IE"),
                    Map.entry("IE Mobile", "IE"),
                    Map.entry("Opera", "OPERA"),
                    Map.entry("Opera Mobile", "OPERA_MOBILE"),
                    Map.entry("Opera Mini", "OPERA_MINI"),
                    Map.entry("Vivaldi", "VIVALDI"));

    private final Cache<String, UserAgent> cache =
            Caffeine.newBuilder().maximumSize(CACHED).build();
    private final ReentrantLock loading = new ReentrantLock();
    private volatile @Nullable Parser parser;

    /** Loads the patterns now, so that the first request does not wait for them. */
    public void warm() {
        parser();
    }

    /** What a header says; any text is accepted, and so is none. */
    public UserAgent of(@Nullable String header) {
        if (header == null || header.isBlank()) {
            return UserAgent.MISSING;
        }
        return cache.get(clean(header), this::parse);
    }

    /**
     * Control characters out (NUL cannot be stored), length bounded, no half of a pair at the end.
     */
    private static String clean(String header) {
        int end = Math.min(header.length(), MAX_RAW);
        if (end < header.length() && Character.isHighSurrogate(header.charAt(end - 1))) {
            end--;
        }
        StringBuilder kept = new StringBuilder(end);
        for (int i = 0; i < end; i++) {
            char c = header.charAt(i);
            if (!Character.isISOControl(c)) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    private UserAgent parse(String raw) {
        String text = raw.length() > MAX_PARSED ? raw.substring(0, MAX_PARSED) : raw;
        String lower = text.toLowerCase(Locale.ROOT);
        String os = os(parser().parseOS(text), lower);
        String family = parser().parseUserAgent(text).family;
        return new UserAgent(raw, os, browser(family, lower), device(os, lower));
    }

    private static String browser(String family, String lower) {
        String known = isAppOfApple(family, lower) ? null : BROWSERS.get(family);
        if ("EDGE".equals(known) && lower.contains("edg/")) {
            return "CHROMIUM_EDGE";
        }
        if (known != null) {
            return known;
        }
        if (lower.contains("chrome")) {
            return "CHROME";
        }
        return lower.contains("safari") ? "SAFARI" : UserAgent.UNKNOWN_BROWSER;
    }

    /**
     * To the patterns, whatever runs on an iPhone shows pages, if it does not say that it does not.
     */
    private static boolean isAppOfApple(String family, String lower) {
        return family.equals("Mobile Safari UI/WKWebView") && !lower.startsWith("mozilla/");
    }

    private static String os(OS found, String lower) {
        return switch (found.family) {
            case "Windows" -> windows(found);
            case "Other" -> hinted(lower);
            case "Ubuntu",
                    "Debian",
                    "Fedora",
                    "CentOS",
                    "Red Hat",
                    "SUSE",
                    "Gentoo",
                    "Arch Linux",
                    "Mint" ->
                    "Linux";
            default -> found.family;
        };
    }

    private static String windows(OS found) {
        if (found.major == null) {
            return "Windows";
        }
        return "Windows " + found.major + (found.minor == null ? "" : "." + found.minor);
    }

    /** The hints that the documentation promises where a parser cannot tell, and one more. */
    private static String hinted(String lower) {
        boolean apple = lower.contains("apple") || lower.contains("ios");
        if (apple
                && (lower.contains("iphone") || lower.contains("ipad") || lower.contains("ipod"))) {
            return "iOS";
        }
        if (lower.contains("android")) {
            return "Android";
        }
        // PowerShell says both, clients in Go the second
        boolean mac = lower.contains("macintosh") || lower.contains("darwin");
        return mac ? "Mac OS X" : UserAgent.UNKNOWN;
    }

    private static String device(String os, String lower) {
        if (os.equals("iOS")) {
            return lower.contains("ipad") ? "Tablet" : "Mobile";
        }
        if (os.equals("Android")) {
            boolean small = lower.contains("mobile") || lower.contains("opera mini");
            return small ? "Mobile" : "Tablet";
        }
        if (os.equals("Windows Phone") || os.startsWith("BlackBerry")) {
            return "Mobile";
        }
        boolean desktop =
                os.startsWith("Windows")
                        || os.equals("Mac OS X")
                        || os.equals("Linux")
                        || os.endsWith("BSD")
                        || os.equals("Chrome OS");
        return desktop ? "Computer" : UserAgent.UNKNOWN;
    }

    private Parser parser() {
        Parser ready = parser;
        if (ready != null) {
            return ready;
        }
        loading.lock();
        try {
            Parser loaded = parser;
            if (loaded == null) {
                loaded = load();
                parser = loaded;
            }
            return loaded;
        } finally {
            loading.unlock();
        }
    }

    /**
     * Loads the patterns of systems and browsers. Those of devices are two thirds of the file and
     * are not asked for: they are cut off before they cost time and memory.
     */
    private static Parser load() {
        try (InputStream in = Parser.class.getResourceAsStream("/ua_parser/regexes.yaml")) {
            if (in == null) {
                throw new IllegalStateException(
                        "the user-agent patterns are not on the class path");
            }
            String all = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            int devices = all.indexOf("\ndevice_parsers:");
            String wanted =
                    (devices < 0 ? all : all.substring(0, devices)) + "\ndevice_parsers: []\n";
            return new Parser(new ByteArrayInputStream(wanted.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
