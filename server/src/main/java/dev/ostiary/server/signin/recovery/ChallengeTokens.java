package dev.ostiary.server.signin.recovery;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.OrgClock;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.signin.flow.StateTokens;

/** State tokens of recoveries by SMS and call, which may be nobody's. Thread-safe. */
public final class ChallengeTokens implements StateTokens {

    private final OrgClock clock;
    private final ChallengeStore store = new ChallengeStore();

    public ChallengeTokens(OrgClock clock) {
        this.clock = clock;
    }

    @Override
    public boolean isOne(Reader reader, Request request, String stateToken) {
        return store.find(reader, PhoneCodes.hash(stateToken), clock.now(request.org()))
                .isPresent();
    }
}
