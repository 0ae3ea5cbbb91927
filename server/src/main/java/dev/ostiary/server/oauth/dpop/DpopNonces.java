package dev.ostiary.server.oauth.dpop;

import dev.ostiary.platform.secret.Purpose;
import dev.ostiary.platform.secret.Sealed;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Nonces for proofs of possession. One is the sealed moment of its making: every node knows its own
 * ones and those of others, and none is stored. Thread-safe.
 */
public final class DpopNonces {

    /** As long as the original's, which makes a new one every day (guide "Configure DPoP"). */
    private static final Duration GOOD_FOR = Duration.ofDays(3);

    private static final int LONGEST = 200;
    private static final Purpose PURPOSE = new Purpose(0, "dpop.nonce", "");

    private final Sealed sealed;

    /** Nonces sealed with these keys. */
    public DpopNonces(Sealed sealed) {
        this.sealed = sealed;
    }

    /** A new one. */
    String next(Instant now) {
        byte[] moment = ByteBuffer.allocate(Long.BYTES).putLong(now.getEpochSecond()).array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed.seal(PURPOSE, moment));
    }

    /** Whether a text is one of ours, and good still. */
    boolean isOurs(String text, Instant now) {
        if (text.length() > LONGEST) {
            return false;
        }
        try {
            byte[] moment = sealed.open(PURPOSE, Base64.getUrlDecoder().decode(text));
            Instant made = Instant.ofEpochSecond(ByteBuffer.wrap(moment).getLong());
            return made.plus(GOOD_FOR).isAfter(now);
        } catch (IllegalArgumentException | Sealed.UnsealException e) {
            return false;
        }
    }
}
