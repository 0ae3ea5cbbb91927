package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.secret.CodeHash;
import dev.ostiary.platform.secret.TokenHash;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.delivery.Channel;
import dev.ostiary.server.delivery.MessageOutbox;
import dev.ostiary.server.delivery.PhoneMessage;
import dev.ostiary.server.delivery.Recipient;
import dev.ostiary.server.directory.users.Accounts;
import dev.ostiary.server.directory.users.RecoveryTokens.Purpose;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.policy.PasswordDecision.Reach;
import dev.ostiary.server.signin.factors.Enrolment;
import dev.ostiary.server.signin.factors.FactorEngine;
import dev.ostiary.server.signin.factors.FactorKind;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The codes of recoveries by phone: six digits, of which a hash is kept that is keyed by the
 * recovery's state token. Thread-safe.
 *
 * @param accounts whose events tell that one was sent
 * @param factors knows phones
 * @param outbox takes messages
 * @param tokens makes codes
 * @param hashes hashes them
 */
record PhoneCodes(
        Accounts accounts,
        FactorEngine factors,
        MessageOutbox outbox,
        Tokens tokens,
        CodeHash hashes) {

    private static final String KIND = "recovery-state-token";
    private static final String FIELD = "recovery_challenge.code_hash";
    private static final int DIGITS = 6;
    private static final int LONGEST_CODE = 64;

    /** A code that is to be sent. */
    record Sending(Purpose purpose, Reach way, String stateToken, Instant now) {

        /** The kind of factors whose phone it goes to. */
        FactorKind kind() {
            return way == Reach.SMS ? FactorKind.SMS : FactorKind.CALL;
        }

        /** Says nothing of the token. */
        @Override
        public String toString() {
            return "Sending[" + purpose + " " + way + "]";
        }
    }

    /** Sends one, and gives its hash. */
    byte[] send(Tx tx, Org org, Sending sending, User user, Enrolment phone) {
        String code = tokens.digits(DIGITS);
        boolean sms = sending.way() == Reach.SMS;
        String number =
                phone.fact("phoneNumber").orElseThrow()
                        + phone.fact("phoneExtension").map(more -> "x" + more).orElse("");
        outbox.put(
                tx,
                org,
                PhoneMessage.code(
                        sms ? Channel.SMS : Channel.CALL,
                        number,
                        Recipient.language(user.profile().document()),
                        code));
        tx.emit(accounts.events().of(sentEvent(sending), user));
        return hashes.of(purpose(org, sending.stateToken()), code);
    }

    /** A locked account is opened by SMS, never by a call. */
    private static String sentEvent(Sending sending) {
        if (sending.way() == Reach.CALL) {
            return "system.voice.send_password_reset_call";
        }
        return sending.purpose() == Purpose.UNLOCK
                ? "system.sms.send_account_unlock_message"
                : "system.sms.send_password_reset_message";
    }

    /** Sends another to whoever still has the phone. */
    Optional<byte[]> again(Tx tx, Org org, Sending sending, User user) {
        return factors.known()
                .recoveryPhone(tx, user.id(), sending.kind())
                .map(phone -> send(tx, org, sending, user, phone));
    }

    boolean isRight(Org org, String stateToken, byte @Nullable [] code, String passCode) {
        return code != null
                && passCode.length() <= LONGEST_CODE
                && hashes.matches(purpose(org, stateToken), passCode, code);
    }

    /** How a recovery is found. */
    static TokenHash hash(String stateToken) {
        return TokenHash.of(KIND, stateToken);
    }

    private static dev.ostiary.platform.secret.Purpose purpose(Org org, String stateToken) {
        return new dev.ostiary.platform.secret.Purpose(
                org.number(), FIELD, HexFormat.of().formatHex(hash(stateToken).bytes()));
    }
}
