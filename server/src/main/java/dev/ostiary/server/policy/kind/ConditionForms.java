package dev.ostiary.server.policy.kind;

import dev.ostiary.server.policy.form.Fields;
import dev.ostiary.server.policy.form.Form;

/** The conditions that several types of policies share (Policy API, "Conditions"). */
final class ConditionForms {

    private static final int MOST_IDS = 1000;
    private static final int MOST_USERS = 10_000;
    private static final int MOST_PATTERNS = 1000;
    private static final int LONGEST_EXPRESSION = 16_384;

    private static final Form ID = Form.text(1, 64);

    /** Ids, where a list is there only if a client says it. */
    static final Form IDS = Form.list(ID, MOST_IDS);

    private ConditionForms() {}

    /** Of a policy: the groups to whose members it applies. */
    static Fields policyPeople() {
        return Form.object()
                .filled("groups", Form.object().listed("include", IDS).may("exclude", IDS));
    }

    /** Of a rule: users and groups; nobody is excluded where nothing is said. */
    static Fields people() {
        return Form.object()
                .filled(
                        "users",
                        Form.object()
                                .may("include", Form.list(ID, MOST_USERS))
                                .listed("exclude", Form.list(ID, MOST_USERS)))
                .may("groups", Form.object().may("include", IDS).may("exclude", IDS));
    }

    /** Where the client is. */
    static Fields network() {
        return Form.object()
                .with("connection", Form.words("ANYWHERE", "ZONE"), "ANYWHERE")
                .may("include", IDS)
                .may("exclude", IDS);
    }

    /** How risky a sign-in is. */
    static Fields riskScore() {
        return Form.object().with("level", Form.words("ANY", "LOW", "MEDIUM", "HIGH"), "ANY");
    }

    /** What kind of device the client runs on. */
    static Fields platform(String macOs) {
        return Form.object()
                .listed("include", Form.list(device(macOs), MOST_IDS))
                .listed("exclude", Form.list(device(macOs), MOST_IDS));
    }

    private static Fields device(String macOs) {
        return Form.object()
                .with("type", Form.words("ANY", "DESKTOP", "MOBILE", "OTHER"), "ANY")
                .may(
                        "os",
                        Form.object()
                                .may("expression", Form.text(1, 1024))
                                .with(
                                        "type",
                                        Form.words(
                                                "ANY",
                                                "ANDROID",
                                                "CHROMEOS",
                                                "IOS",
                                                "LINUX",
                                                macOs,
                                                "OTHER",
                                                "WINDOWS"),
                                        "ANY")
                                .may(
                                        "version",
                                        Form.object()
                                                .must(
                                                        "matchType",
                                                        Form.words("EXPRESSION", "SEMVER"))
                                                .must("value", Form.text(1, 255))));
    }

    /** Which apps are signed in to. */
    static Fields apps() {
        Fields app =
                Form.object()
                        .must("type", Form.words("APP", "APP_TYPE"))
                        .may("id", ID)
                        .may("name", Form.text(1, 255));
        return Form.object()
                .listed("include", Form.list(app, MOST_IDS))
                .listed("exclude", Form.list(app, MOST_IDS));
    }

    /** Who the client says it is, before anybody has proven anything. */
    static Fields userIdentifier() {
        return Form.object()
                .may("type", Form.words("ATTRIBUTE", "IDENTIFIER"))
                .may("attribute", Form.text(0, 255))
                .listed(
                        "patterns",
                        Form.list(
                                Form.object()
                                        .must(
                                                "matchType",
                                                Form.words(
                                                        "CONTAINS",
                                                        "EQUALS",
                                                        "EXPRESSION",
                                                        "STARTS_WITH",
                                                        "SUFFIX"))
                                        .must("value", Form.text(1, 1024)),
                                MOST_PATTERNS));
    }

    /** What is known of a device. */
    static Fields device() {
        return Form.object()
                .may("registered", Form.FLAG)
                .may("managed", Form.FLAG)
                .may("assurance", Form.object().listed("include", IDS));
    }

    /** An expression. */
    static Fields expression() {
        return Form.object().may("condition", Form.text(1, LONGEST_EXPRESSION));
    }

    /** Types of users. */
    static Fields userType() {
        return Form.object().listed("include", IDS).listed("exclude", IDS);
    }
}
