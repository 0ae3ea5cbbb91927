package dev.ostiary.server.signin.pages.view;

import dev.ostiary.server.signin.pages.text.Phrase;
import dev.ostiary.server.signin.pages.text.Words;
import java.util.Optional;

/**
 * A way to verify, as pages show it. Immutable.
 *
 * @param id the enrolment's id
 * @param where the telephone number, address, device or question (by its key, if it has one) that
 *     it is about; empty for none
 */
public record Factor(String id, Kind kind, String where) {

    /** The kinds that pages know. */
    public enum Kind {
        TOTP(Phrase.FACTOR_TOTP, Phrase.FACTOR_TOTP_TEXT, Optional.empty()),
        HOTP(Phrase.FACTOR_HOTP, Phrase.FACTOR_HOTP_TEXT, Optional.empty()),
        SMS(Phrase.FACTOR_SMS, Phrase.FACTOR_SMS_TEXT, Optional.of(Phrase.FACTOR_SMS_ASK)),
        CALL(Phrase.FACTOR_CALL, Phrase.FACTOR_CALL_TEXT, Optional.of(Phrase.FACTOR_CALL_ASK)),
        EMAIL(Phrase.FACTOR_EMAIL, Phrase.FACTOR_EMAIL_TEXT, Optional.of(Phrase.FACTOR_EMAIL_ASK)),
        QUESTION(Phrase.FACTOR_QUESTION, Phrase.FACTOR_QUESTION_TEXT, Optional.empty()),
        PUSH(Phrase.FACTOR_PUSH, Phrase.FACTOR_PUSH_TEXT, Optional.of(Phrase.FACTOR_PUSH_ASK)),
        WEBAUTHN(Phrase.FACTOR_WEBAUTHN, Phrase.FACTOR_WEBAUTHN_TEXT, Optional.empty());

        private final Phrase name;
        private final Phrase text;
        private final Optional<Phrase> ask;

        Kind(Phrase name, Phrase text, Optional<Phrase> ask) {
            this.name = name;
            this.text = text;
            this.ask = ask;
        }

        /** What people call it. */
        public Phrase phrase() {
            return name;
        }

        /** Whether something is sent, so that somebody asks for it first. */
        public boolean isSent() {
            return ask.isPresent();
        }

        /** What will be sent, for those of which something is. */
        Phrase ask() {
            return ask.orElse(text);
        }
    }

    String name(Words words) {
        return words.say(kind.name);
    }

    /** What it is about, in words. */
    String place(Words words) {
        return kind == Kind.QUESTION
                ? Question.of(where).map(asked -> words.say(asked.phrase())).orElse(where)
                : where;
    }

    /** What to do, once the challenge is there. */
    String told(Words words) {
        return words.say(kind.text, where, "");
    }

    /** What will happen when the challenge is asked for. */
    String asked(Words words) {
        return words.say(kind.ask(), where, "");
    }
}
