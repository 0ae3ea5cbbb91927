package dev.ostiary.server.federation.saml;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Messages of services: compressed in the query of a URL (SAML 2.0 Bindings, 3.4.4.1), as they are
 * in a form (3.5.4). Libraries have switches for both, and so has an app ({@code
 * requestCompressed}); so either is read wherever it comes. Pure.
 */
final class Deflated {

    /** No request of a service comes near; a few bytes could unfold to gigabytes. */
    private static final int MOST = 128 * 1024;

    private Deflated() {}

    /** A message as a parameter, before the escapes of a URL. */
    static String text(byte[] message) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflater.setInput(message);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] piece = new byte[4096];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } finally {
            deflater.end();
        }
    }

    /** The message of a parameter or field; nothing for what is none, or too long. */
    static Optional<byte[]> message(String text) {
        return base64(text).map(bytes -> inflate(bytes).orElse(bytes));
    }

    /** What base64 with or without line breaks says. */
    static Optional<byte[]> base64(String text) {
        if (text.length() > MOST * 2) {
            return Optional.empty();
        }
        try {
            return Optional.of(Base64.getMimeDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<byte[]> inflate(byte[] bytes) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(bytes);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] piece = new byte[4096];
            while (!inflater.finished()) {
                int length = inflater.inflate(piece);
                if (length == 0 || out.size() + length > MOST) {
                    return Optional.empty();
                }
                out.write(piece, 0, length);
            }
            return Optional.of(out.toByteArray());
        } catch (DataFormatException e) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
