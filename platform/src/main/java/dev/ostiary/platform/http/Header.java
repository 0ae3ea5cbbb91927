package dev.ostiary.platform.http;

/**
 * One header line.
 *
 * @param name as written on HTTP/1.1; HTTP/2 lower-cases it
 * @param value without line breaks
 */
public record Header(String name, String value) {

    public Header {
        if (value.indexOf('\r') >= 0 || value.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a line break in header " + name);
        }
    }
}
