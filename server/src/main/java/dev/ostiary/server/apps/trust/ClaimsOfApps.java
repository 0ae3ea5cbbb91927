package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.store.Reader;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The federated claims of apps, for those who make their tokens and assertions. Thread-safe. */
public final class ClaimsOfApps {

    private ClaimsOfApps() {}

    /**
     * A claim.
     *
     * @param expression what it says, which was understood when it was made; the attributes it
     *     names may have gone since
     */
    public record Said(String name, String expression) {}

    /** Those of each of these apps that has any, in the order in which they were made. */
    public static Map<String, List<Said>> of(Reader reader, Collection<String> appIds) {
        return FederatedClaimStore.ofApps(reader, appIds);
    }
}
