package dev.ostiary.server.policy;

import dev.ostiary.platform.event.LogClient;
import dev.ostiary.platform.event.UserAgent;
import dev.ostiary.server.policy.engine.Situation;
import org.jspecify.annotations.Nullable;

/**
 * What a client runs on, as its {@code User-Agent} says: anybody can say anything there, so a rule
 * that lets some platforms in had better not be the only one. A client that says nothing runs on
 * something else (schema {@code PlatformPolicyRuleCondition}, type {@code OTHER}).
 */
final class Platforms {

    private static final String DESKTOP = "DESKTOP";
    private static final String MOBILE = "MOBILE";
    private static final String OTHER = "OTHER";

    private Platforms() {}

    static Situation.Platform of(LogClient client) {
        @Nullable UserAgent agent = client.userAgent();
        String os = agent == null ? "" : agent.os();
        if (os.startsWith("Windows Phone") || os.startsWith("BlackBerry")) {
            return new Situation.Platform(MOBILE, OTHER);
        }
        if (os.startsWith("Windows")) {
            return new Situation.Platform(DESKTOP, "WINDOWS");
        }
        return switch (os) {
            case "Mac OS X" -> new Situation.Platform(DESKTOP, "MACOS");
            case "Chrome OS" -> new Situation.Platform(DESKTOP, "CHROMEOS");
            case "Linux" -> new Situation.Platform(DESKTOP, "LINUX");
            case "iOS" -> new Situation.Platform(MOBILE, "IOS");
            case "Android" -> new Situation.Platform(MOBILE, "ANDROID");
            default -> new Situation.Platform(OTHER, OTHER);
        };
    }
}
