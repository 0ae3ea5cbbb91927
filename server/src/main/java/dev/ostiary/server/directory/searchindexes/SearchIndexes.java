package dev.ostiary.server.directory.searchindexes;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.DocumentIndex;
import java.util.Collection;

/** What searches of users see of the indexes on demand. Thread-safe. */
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

    /** Whether the database is large, and most of its users were this org's a moment ago. */
    boolean isMostOfAll(Org org);
}
