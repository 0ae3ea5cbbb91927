package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.view.NewPasswordScreen.Occasion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Each page in each of its states. */
public final class SampleScreens {

    public static final String LOGIN = "ada.lovelace@example.com";

    private static final Instant WHEN = Instant.parse("2026-03-09T08:15:00Z");
    private static final Factor TOTP = new Factor("ost1", Factor.Kind.TOTP, "");
    private static final Factor SMS = new Factor("sms1", Factor.Kind.SMS, "+49 30 ••• 42");
    private static final Factor EMAIL = new Factor("emf1", Factor.Kind.EMAIL, "a•••e@example.com");
    private static final Factor CALL = new Factor("clf1", Factor.Kind.CALL, "+49 30 ••• 42");
    private static final Factor PUSH = new Factor("opf1", Factor.Kind.PUSH, "Ada’s phone");
    private static final Factor KEY = new Factor("fuf1", Factor.Kind.WEBAUTHN, "YubiKey 5");
    private static final Factor QUESTION =
            new Factor("ufs1", Factor.Kind.QUESTION, "What was the name of your first pet?");

    private static final AppFace FACE =
            new AppFace(
                    "<Cars> & more",
                    Optional.of("https://cars.example.com/logo.png?a=1&b=2"),
                    Optional.of("https://cars.example.com"),
                    Optional.of("https://cars.example.com/terms"),
                    Optional.of("https://cars.example.com/privacy"));

    private SampleScreens() {}

    /** All, by a name of their own. */
    public static Map<String, Screen> all() {
        Map<String, Screen> all = new LinkedHashMap<>();
        signIn(all);
        factors(all);
        passwords(all);
        messages(all);
        all.put(
                "home",
                new HomeScreen(
                        "Ada",
                        LOGIN,
                        List.of(),
                        Optional.of(WHEN),
                        List.of(
                                new HomeScreen.Method(TOTP, WHEN),
                                new HomeScreen.Method(SMS, WHEN)),
                        List.of(
                                new HomeScreen.SessionLine(
                                        "102a", true, WHEN, WHEN.plusSeconds(7200)),
                                new HomeScreen.SessionLine(
                                        "102b", false, WHEN, WHEN.plusSeconds(3600)))));
        all.put(
                "home-bare",
                new HomeScreen(
                        "Ada",
                        LOGIN,
                        List.of(new HomeScreen.App("Wiki", "/home/wiki/0oa1/1")),
                        Optional.empty(),
                        List.of(),
                        List.of(new HomeScreen.SessionLine("102a", true, WHEN, WHEN))));
        return all;
    }

    private static void signIn(Map<String, Screen> all) {
        all.put(
                "sign-in",
                new SignInScreen(
                        "",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        Optional.empty()));
        all.put(
                "sign-in-wrong",
                new SignInScreen(
                        LOGIN,
                        true,
                        Optional.of("/app/UserHome"),
                        Optional.of(Problem.of(Phrase.WRONG_CREDENTIALS)),
                        Optional.empty(),
                        true,
                        Optional.of(FACE)));
        all.put(
                "consent",
                new ConsentScreen(
                        FACE,
                        LOGIN,
                        "key",
                        List.of(new ConsentScreen.Asked("Drive", Optional.of("your <car>")))));
        all.put("device-confirm", new DeviceConfirmScreen(FACE, LOGIN, "ABCD-EFGH", List.of()));
        all.put(
                "signed-out",
                new SignInScreen(
                        "",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Phrase.SIGNED_OUT),
                        false,
                        Optional.empty()));
        register(all);
        all.put(
                "leaving",
                new LeavingScreen(
                        Phrase.SIGNING_IN,
                        "https://app.example.com/cb?x=1&y=2",
                        "app.example.com"));
        all.put(
                "telling-apps",
                new TellingAppsScreen(
                        List.of(
                                Notice.opened(
                                        "https://app.example.com/logout?iss=https%3A%2F%2Fid&sid=102"),
                                new Notice(
                                        "https://sp.example.com/slo",
                                        Map.of("SAMLRequest", "PHNhbWw+"))),
                        new TellingAppsScreen.Next.Going("https://first.example.com/done")));
        all.put(
                "telling-apps-for-a-service",
                new TellingAppsScreen(
                        List.of(Notice.opened("https://app.example.com/logout")),
                        new TellingAppsScreen.Next.Posting(
                                "https://sp.example.com/out", Map.of("SAMLResponse", "PHNhbWw+"))));
        all.put("sign-out", new SignOutScreen(LOGIN, Optional.of("/signin")));
    }

    private static void register(Map<String, Screen> all) {
        List<RegisterScreen.Entry> entries =
                List.of(
                        new RegisterScreen.Entry("email", "Email", true, LOGIN),
                        new RegisterScreen.Entry("firstName", "First name", true, ""),
                        new RegisterScreen.Entry("division", "<Division>", false, ""));
        all.put(
                "register",
                new RegisterScreen(entries, true, Optional.of("/app/UserHome"), Optional.empty()));
        all.put("profile", new ProfileScreen(LOGIN, entries, Optional.empty()));
        all.put(
                "register-wrong",
                new RegisterScreen(
                        entries,
                        false,
                        Optional.empty(),
                        Optional.of(
                                Problem.of(Phrase.NEEDED).in(RegisterScreen.name("firstName")))));
    }

    private static void factors(Map<String, Screen> all) {
        all.put(
                "choose-factor",
                new ChooseFactorScreen(
                        LOGIN,
                        List.of(TOTP, SMS, EMAIL, CALL, PUSH, KEY, QUESTION),
                        Optional.empty()));
        enrolments(all);
        all.put("totp", challenge(TOTP, false, Optional.empty(), Optional.empty()));
        all.put(
                "totp-wrong",
                challenge(
                        TOTP,
                        false,
                        Optional.of(Problem.of(Phrase.WRONG_CODE).in(ChallengeScreen.CODE)),
                        Optional.empty()));
        all.put("sms-ask", challenge(SMS, false, Optional.empty(), Optional.empty()));
        all.put("sms-sent", challenge(SMS, true, Optional.empty(), Optional.of(Phrase.CODE_SENT)));
        all.put("email-sent", challenge(EMAIL, true, Optional.empty(), Optional.empty()));
        all.put("call-ask", challenge(CALL, false, Optional.empty(), Optional.empty()));
        all.put(
                "push-waiting",
                challenge(
                        PUSH,
                        true,
                        Optional.of(Problem.of(Phrase.PUSH_WAITING)),
                        Optional.empty()));
        all.put("question", challenge(QUESTION, false, Optional.empty(), Optional.empty()));
        all.put(
                "security-key",
                new SecurityKeyScreen(
                        LOGIN,
                        KEY,
                        "vdCxImCygaKmXS3S",
                        Optional.of("localhost"),
                        List.of("AAAA", "BBBB"),
                        "preferred",
                        true,
                        Optional.empty()));
    }

    private static void enrolments(Map<String, Screen> all) {
        FactorOffer question = new FactorOffer(Factor.Kind.QUESTION, "OKTA", true);
        FactorOffer sms = new FactorOffer(Factor.Kind.SMS, "OKTA", false);
        FactorOffer email = new FactorOffer(Factor.Kind.EMAIL, "OKTA", false);
        FactorOffer totp = new FactorOffer(Factor.Kind.TOTP, "GOOGLE", false);
        FactorOffer token = new FactorOffer(Factor.Kind.HOTP, "YUBICO", false);
        all.put(
                "enroll",
                new EnrollScreen(
                        LOGIN, List.of(question, sms, email, totp, token), true, Optional.empty()));
        all.put("enroll-none", new EnrollScreen(LOGIN, List.of(), false, Optional.empty()));
        all.put(
                "enroll-question",
                new EnrollOneScreen(
                        LOGIN,
                        question,
                        true,
                        Optional.of(Problem.of(Phrase.ANSWER_REFUSED).in(ChallengeScreen.ANSWER))));
        all.put(
                "enroll-sms",
                new EnrollOneScreen(
                        LOGIN,
                        sms,
                        true,
                        Optional.of(Problem.of(Phrase.WRONG_PHONE).in(EnrollOneScreen.PHONE))));
        all.put("enroll-email", new EnrollOneScreen(LOGIN, email, false, Optional.empty()));
        all.put("enroll-totp", new EnrollOneScreen(LOGIN, totp, true, Optional.empty()));
        all.put("enroll-token", new EnrollOneScreen(LOGIN, token, true, Optional.empty()));
        all.put(
                "enroll-key",
                new EnrollOneScreen(
                        LOGIN,
                        new FactorOffer(Factor.Kind.WEBAUTHN, "FIDO", true),
                        true,
                        Optional.empty()));
        all.put(
                "enroll-push",
                new EnrollOneScreen(
                        LOGIN,
                        new FactorOffer(Factor.Kind.PUSH, "OKTA", false),
                        true,
                        Optional.empty()));
        all.put(
                "activate-key",
                new NewKeyScreen(
                        LOGIN,
                        KEY,
                        "{\"challenge\":\"vdCxImCygaKmXS3S\",\"rp\":{\"name\":\"<acme> & 'co'\"}}",
                        Optional.empty()));
        all.put(
                "activate-push",
                new ActivateScreen(
                        LOGIN,
                        PUSH,
                        Optional.of("/api/v1/users/00u1/factors/opf1/qr/abc"),
                        Optional.empty(),
                        Optional.of(Problem.of(Phrase.ENROLL_PUSH_WAITING)),
                        Optional.empty()));
        all.put(
                "activate-totp",
                new ActivateScreen(
                        LOGIN,
                        TOTP,
                        Optional.of("/api/v1/users/00u1/factors/ost1/qr/abc"),
                        Optional.of("JBTWGV22G4ZGKV3N"),
                        Optional.empty(),
                        Optional.empty()));
        all.put(
                "activate-sms",
                new ActivateScreen(
                        LOGIN,
                        SMS,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(Problem.of(Phrase.WRONG_CODE).in(ChallengeScreen.CODE)),
                        Optional.empty()));
    }

    private static ChallengeScreen challenge(
            Factor factor, boolean sent, Optional<Problem> problem, Optional<Phrase> news) {
        return new ChallengeScreen(
                LOGIN, factor, sent, true, Optional.empty(), Optional.of(true), problem, news);
    }

    private static void passwords(Map<String, Screen> all) {
        PasswordNeeds needs =
                PasswordNeeds.NONE
                        .with(Phrase.REQUIRE_LENGTH, 8, true)
                        .with(Phrase.REQUIRE_LOWER, 1, true)
                        .with(Phrase.REQUIRE_UPPER, 1, true)
                        .with(Phrase.REQUIRE_NUMBER, 1, true)
                        .with(Phrase.REQUIRE_SYMBOL, 1, false)
                        .with(Phrase.REQUIRE_NO_USERNAME, 0, true);
        all.put(
                "welcome",
                new NewPasswordScreen(LOGIN, Occasion.WELCOME, "0", needs, Optional.empty()));
        all.put(
                "welcome-question",
                new NewPasswordScreen(
                        LOGIN,
                        Occasion.WELCOME,
                        "0",
                        needs,
                        true,
                        Optional.of(Problem.of(Phrase.ANSWER_REFUSED).in(ChallengeScreen.ANSWER))));
        all.put(
                "reset",
                new NewPasswordScreen(
                        LOGIN,
                        Occasion.RESET,
                        "0",
                        needs,
                        Optional.of(
                                Problem.of(Phrase.PASSWORDS_DIFFER)
                                        .in(NewPasswordScreen.REPEATED))));
        all.put(
                "expired",
                new NewPasswordScreen(LOGIN, Occasion.EXPIRED, "0", needs, Optional.empty()));
        all.put("warn", new NewPasswordScreen(LOGIN, Occasion.WARN, "4", needs, Optional.empty()));
        all.put(
                "recovery-question",
                new RecoveryQuestionScreen(
                        LOGIN,
                        QUESTION.where(),
                        Optional.of(Problem.of(Phrase.WRONG_ANSWER).in(ChallengeScreen.ANSWER))));
        all.put(
                "forgot-password",
                new AskUsernameScreen(AskUsernameScreen.Purpose.PASSWORD, "", Optional.empty()));
        all.put(
                "unlock",
                new AskUsernameScreen(AskUsernameScreen.Purpose.UNLOCK, "", Optional.empty()));
        for (TokenScreen.Purpose purpose : TokenScreen.Purpose.values()) {
            all.put(
                    "link-" + purpose.name().toLowerCase(Locale.ROOT),
                    new TokenScreen("/welcome/abc", purpose));
        }
    }

    private static void messages(Map<String, Screen> all) {
        all.put(
                "mail-sent",
                MessageScreen.good(Phrase.MAIL_SENT, Phrase.MAIL_SENT_TEXT, LOGIN, ""));
        all.put("unlocked", MessageScreen.good(Phrase.UNLOCKED, Phrase.UNLOCKED_TEXT));
        all.put(
                "locked-out",
                MessageScreen.bad(
                        Phrase.LOCKED_OUT,
                        Phrase.LOCKED_OUT_TEXT,
                        new MessageScreen.Way(Paths.UNLOCK, Phrase.UNLOCK_ACCOUNT),
                        new MessageScreen.Way(Paths.SIGN_IN, Phrase.BACK_TO_SIGN_IN)));
        all.put("link-expired", MessageScreen.bad(Phrase.LINK_EXPIRED, Phrase.LINK_EXPIRED_TEXT));
        all.put("not-found", MessageScreen.bad(Phrase.NOT_FOUND, Phrase.NOT_FOUND_TEXT));
        all.put(
                "error",
                MessageScreen.bad(Phrase.ERROR_TITLE, Phrase.ERROR_TEXT)
                        .referring("oaeX7bN1TmQ-Rz4kYd0p8GuwA"));
    }
}
