package dev.ostiary.server.signin.factors;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.directory.users.password.PasswordHasher;
import dev.ostiary.server.signin.yubikeys.YubikeyStore;
import java.security.SecureRandom;
import java.util.function.BiPredicate;

/** The method of each kind of factors. Immutable and thread-safe. */
final class FactorMethods {

    private final QuestionMethod question;
    private final CodeMethod sms;
    private final CodeMethod call;
    private final CodeMethod email;
    private final TotpMethod totp;
    private final PushMethod push;
    private final WebAuthnMethod webAuthn;
    private final YubikeyMethod yubikey;
    private final CustomTokenMethod customToken;

    FactorMethods(
            FactorStore store,
            PasswordHasher hasher,
            Sealed sealed,
            CodeHash codes,
            Tokens tokens,
            SecureRandom random,
            MessageOutbox outbox,
            EventCatalogue catalogue,
            BiPredicate<Org, String> trustedOrigins,
            FactorSettings settings) {
        FactorEvents events = new FactorEvents(catalogue);
        question = new QuestionMethod(hasher);
        sms = new CodeMethod(FactorKind.SMS, store, codes, tokens, outbox, events, settings);
        call = new CodeMethod(FactorKind.CALL, store, codes, tokens, outbox, events, settings);
        email = new CodeMethod(FactorKind.EMAIL, store, codes, tokens, outbox, events, settings);
        totp = new TotpMethod(sealed, random, tokens);
        push = new PushMethod(sealed, tokens);
        yubikey = new YubikeyMethod(new YubikeyStore(sealed));
        customToken = new CustomTokenMethod(sealed, settings);
        webAuthn = new WebAuthnMethod(store, tokens, trustedOrigins, settings);
    }

    /** Security keys. */
    WebAuthnMethod webAuthn() {
        return webAuthn;
    }

    PushMethod push() {
        return push;
    }

    QuestionMethod question() {
        return question;
    }

    /**
     * The one that sends codes.
     *
     * @throws ApiException {@code E0000001} for a kind that does not
     */
    CodeMethod sending(FactorKind kind) {
        return switch (kind) {
            case SMS -> sms;
            case CALL -> call;
            case EMAIL -> email;
            case QUESTION, TOTP, PUSH, GOOGLE, HOTP, WEBAUTHN, YUBIKEY ->
                    throw ApiException.validation(
                            "factorResendRequest",
                            "Only call, email and sms factors can be sent again.");
        };
    }

    FactorMethod of(FactorKind kind) {
        return switch (kind) {
            case QUESTION -> question;
            case SMS, CALL, EMAIL -> sending(kind);
            case TOTP, GOOGLE -> totp;
            case PUSH -> push;
            case WEBAUTHN -> webAuthn;
            case YUBIKEY -> yubikey;
            case HOTP -> customToken;
        };
    }
}
