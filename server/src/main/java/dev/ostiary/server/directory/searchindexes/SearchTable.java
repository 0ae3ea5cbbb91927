package dev.ostiary.server.directory.searchindexes;

/** A table of search documents, and what was asked of it. */
public enum SearchTable {
    /** What searches find users by. */
    USERS("user_search", "search_index"),
    /** What searches find groups by. */
    GROUPS("group_search", "group_search_index");

    private final String documents;
    private final String asked;

    SearchTable(String documents, String asked) {
        this.documents = documents;
        this.asked = asked;
    }

    /** The table of the documents. */
    String documents() {
        return documents;
    }

    /** The table that says which indexes of them were asked for. */
    String asked() {
        return asked;
    }

    /** How these indexes' names begin: no index of a migration is called so. */
    String prefix() {
        return documents + "_asked_";
    }
}
