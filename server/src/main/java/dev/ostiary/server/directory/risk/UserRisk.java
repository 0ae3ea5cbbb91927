package dev.ostiary.server.directory.risk;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * What somebody said of a user's risk (User Risk API). Immutable.
 *
 * @param level how high it is
 * @param reason why it was said
 */
record UserRisk(Level level, String reason) {

    private static final String BY_ADMIN = "override.by.admin";
    private static final int LONGEST_REASON = 500;
    private static final Pattern REASON = Pattern.compile("[a-zA-Z0-9\\s\\-,.]*");

    /** From the lowest to the highest. */
    enum Level {
        LOW,
        MEDIUM,
        HIGH
    }

    /** The body of {@code upsertUserRisk}. */
    static final Shape<UserRisk> SHAPE = shape();

    private static Shape<UserRisk> shape() {
        Shape.Builder<UserRisk> shape = Shape.of("userRisk");
        Field<UserRisk, String> level =
                shape.field("riskLevel", Type.TEXT, risk -> risk.level().name())
                        .required()
                        .must(UserRisk::isLevel, "must be HIGH, MEDIUM or LOW");
        Field<UserRisk, String> reason =
                shape.field("riskReason", Type.TEXT, UserRisk::reason)
                        .must(
                                UserRisk::isReason,
                                "must be at most 500 letters, digits, spaces, hyphens, commas and"
                                        + " periods");
        return shape.build(
                in ->
                        new UserRisk(
                                Level.valueOf(in.get(level)),
                                in.find(reason).filter(text -> !text.isBlank()).orElse(BY_ADMIN)));
    }

    private static boolean isLevel(String text) {
        return Arrays.stream(Level.values()).anyMatch(level -> level.name().equals(text));
    }

    private static boolean isReason(String text) {
        return text.length() <= LONGEST_REASON && REASON.matcher(text).matches();
    }
}
