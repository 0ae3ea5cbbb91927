package dev.ostiary.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.logging.LogManager;
import org.slf4j.LoggerFactory;

/**
 * How the server's own words look; an operator's {@code -Djava.util.logging.config.file} comes
 * first.
 */
final class Logs {

    private Logs() {}

    static void configure() {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        try (InputStream in = Logs.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Binds the libraries' logging, before a second thread may ask for it: whoever asks while
     * another binds makes it write a warning to standard error.
     */
    static void bind() {
        LoggerFactory.getILoggerFactory();
    }
}
