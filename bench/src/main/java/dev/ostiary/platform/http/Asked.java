package dev.ostiary.platform.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A request as an official client sends it, without a socket. */
record Asked(String method, String rawPath, Map<String, List<String>> lines) implements Incoming {

    static Asked forUser() {
        return new Asked(
                "GET",
                "/api/v1/users/00u1a2b3c4d5e6f7g1d7",
                Map.of(
                        "Authorization",
                        List.of("SSWS 00aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcd"),
                        "Accept",
                        List.of("application/json"),
                        "User-Agent",
                        List.of("okta-sdk-nodejs/8.2.0 node/20.20.2 linux/6.1")));
    }

    @Override
    public String rawQuery() {
        return "";
    }

    @Override
    public List<String> headers(String name) {
        return lines.getOrDefault(name, List.of());
    }

    @Override
    public String authority() {
        return "dev.localhost:8443";
    }

    @Override
    public String remoteAddress() {
        return "127.0.0.1";
    }

    @Override
    public int localPort() {
        return 8443;
    }

    @Override
    public boolean secure() {
        return true;
    }

    @Override
    public boolean bodyIsFramed() {
        return false;
    }

    @Override
    public Optional<byte[]> body(int limit) {
        return Optional.of(new byte[0]);
    }
}
