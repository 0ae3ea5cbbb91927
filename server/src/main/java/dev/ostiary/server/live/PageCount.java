package dev.ostiary.server.live;

import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;

/** Counts the pages of a list, which is somebody else's and may have no end. Not thread-safe. */
final class PageCount {

    /** Twenty million users, at 200 a page. */
    private static final long MOST = 100_000;

    /** A filter may leave nothing of a page; of so many in a row nobody expects more. */
    private static final int MOST_EMPTY = 500;

    private final String path;
    private long pages;
    private int empty;

    /**
     * @param path of the list's first page
     * @param before how many pages were read earlier
     */
    PageCount(String path, long before) {
        this.path = path;
        this.pages = before;
    }

    /**
     * One more page; how many there were by then.
     *
     * @throws Failure if there are too many
     */
    long add(OrgApi.Page page) {
        empty = page.items().isEmpty() ? empty + 1 : 0;
        if (++pages > MOST || empty > MOST_EMPTY) {
            throw new Failure(
                    ExitCode.FAILED,
                    "there is no end of "
                            + Said.plain(path.replaceAll("\\?.*", ""))
                            + " after "
                            + pages
                            + " pages");
        }
        return pages;
    }
}
