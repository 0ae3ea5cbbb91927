package dev.ostiary.server.directory.searchindexes;

import dev.ostiary.platform.query.DocumentIndex;
import dev.ostiary.platform.store.IndexBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** An index that searches of an org ask for. */
record AskedIndex(SearchTable table, long org, DocumentIndex index) {

    private static final int TELLING = 12;

    /** Named by what it holds. */
    String name() {
        String whole = org + " " + index.place() + " " + index.shape();
        byte[] digest = sha256().digest(whole.getBytes(StandardCharsets.UTF_8));
        return table.prefix() + HexFormat.of().formatHex(digest, 0, TELLING);
    }

    /**
     * Ids follow: pages go by them. The org is of the column's own type, so that PostgreSQL sees
     * that a search of the org is within the condition.
     */
    IndexBuilder.Definition definition() {
        String condition = "org_id = %d::bigint AND %s".formatted(org, index.condition("doc"));
        String key = "(" + index.key("doc") + ")";
        return switch (index.shape()) {
            case NUMBERS,
                    TEXTS,
                    ENDINGS,
                    LEAST_TEXTS,
                    GREATEST_TEXTS,
                    LEAST_NUMBERS,
                    GREATEST_NUMBERS ->
                    new IndexBuilder.Definition(name(), "btree", key + ", id", condition, key);
            case PARTS ->
                    new IndexBuilder.Definition(
                            name(), "gin", key + " gin_trgm_ops", condition, key);
            case PRESENT, ABSENT, SOME, NONE ->
                    new IndexBuilder.Definition(name(), "btree", "id", condition, "");
        };
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
