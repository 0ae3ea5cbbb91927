package dev.ostiary.server.directory.searchindexes;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.DocumentIndex;
import java.util.Collection;

/** What searches of one table see of its indexes on demand. Thread-safe. */
public interface SearchIndexes {

    /** None, ever. */
    SearchIndexes NONE =
            new SearchIndexes() {
                @Override
                public void want(Org org, Collection<DocumentIndex> indexes) {}

                @Override
                public boolean has(Org org, DocumentIndex index) {
                    return false;
                }

                @Override
                public boolean isMostOfAll(Org org) {
                    return false;
                }
            };

    /** Says what a search could take. Costs nothing, and promises nothing. */
    void want(Org org, Collection<DocumentIndex> indexes);

    /** Whether there was such an index a moment ago. */
    boolean has(Org org, DocumentIndex index);

    /** Whether the table is large, and most of it was this org's a moment ago. */
    boolean isMostOfAll(Org org);

    /**
     * The number of an org as a search compares it.
     *
     * <p>The documents' GIN indexes begin with the org, so that small orgs pay nothing for large
     * ones. Where nearly all documents are of one org, that costs and tells nothing: each search
     * goes through the list of all its documents (measured: 4 to 6 ms of a million). The number of
     * the org as an {@code integer} is what B-trees take and GIN indexes do not: those then find by
     * the rest alone, and the org is asked of what they have found.
     */
    default Number number(Org org) {
        boolean most = isMostOfAll(org) && org.number() <= Integer.MAX_VALUE;
        return most ? (Number) (int) org.number() : (Number) org.number();
    }
}
