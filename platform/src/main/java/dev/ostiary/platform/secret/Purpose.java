package dev.ostiary.platform.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Where a ciphertext belongs. It travels as associated data: a ciphertext that is copied to another
 * org, table, column or row does not open there.
 *
 * @param org number of the org; 0 for what belongs to the installation
 * @param field table and column, a constant of the program such as {@code keys.private}
 * @param row the id of the row
 */
public record Purpose(long org, String field, String row) {

    /**
     * The purpose as bytes. Each text is preceded by its length: {@code ("ab", "c")} and {@code
     * ("a", "bc")} stay apart.
     */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(org).array());
        for (String text : new String[] {field, row}) {
            byte[] bytes = text.getBytes(UTF_8);
            out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
