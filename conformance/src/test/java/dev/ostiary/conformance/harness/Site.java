package dev.ostiary.conformance.harness;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/**
 * A web site on loopback that serves one empty page and others on demand, under whatever name it is
 * called by.
 */
public final class Site implements AutoCloseable {

    private static final byte[] PAGE =
            "<!doctype html><title>A page of another site</title>".getBytes(StandardCharsets.UTF_8);

    private final HttpServer server;

    private Site(HttpServer server) {
        this.server = server;
    }

    /** Opens it on a free port. */
    public static Site open() {
        try {
            HttpServer server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext(
                    "/",
                    exchange -> {
                        exchange.getResponseHeaders().set("Content-Type", "text/html");
                        exchange.sendResponseHeaders(200, PAGE.length);
                        exchange.getResponseBody().write(PAGE);
                        exchange.close();
                    });
            server.start();
            return new Site(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves another page, too. */
    public void serve(String path, String html) {
        byte[] page = html.getBytes(StandardCharsets.UTF_8);
        server.createContext(
                path,
                exchange -> {
                    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
                    exchange.sendResponseHeaders(200, page.length);
                    exchange.getResponseBody().write(page);
                    exchange.close();
                });
    }

    /** Its origin when it is called by this name. */
    public String origin(String host) {
        return "http://" + host + ":" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
