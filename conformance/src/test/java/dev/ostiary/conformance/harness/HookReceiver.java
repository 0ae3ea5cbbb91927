package dev.ostiary.conformance.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.JsonNode;

/**
 * A service as an org would have it, on loopback, with real TLS: it answers the challenge of event
 * hooks, keeps what it is told, and says what it was told to say. Thread-safe.
 */
public final class HookReceiver implements AutoCloseable {

    /** Who issues receivers' certificates; servers are told of it by {@code --hook-ca}. */
    private static final Certifier CERTIFIER = new Certifier();

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpsServer server;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile Function<Told, Say> answer = said -> new Say(200, "{}");

    /**
     * What it was told.
     *
     * @param authorization the header of that name, empty for none
     * @param signature what proves that a message for a phone is the server's, empty for none
     */
    public record Told(
            String method,
            String path,
            String authorization,
            String other,
            String signature,
            String body) {

        /** The body as JSON. */
        public JsonNode json() {
            return Json.parse(body);
        }
    }

    /** What it says. */
    public record Say(int status, String body) {}

    private HookReceiver(HttpsServer server) {
        this.server = server;
    }

    /** Opens one on a free port of {@code localhost}. */
    public static HookReceiver open() {
        return open(CERTIFIER);
    }

    /** One whose certificate is somebody else's. */
    public static HookReceiver openWith(Certifier certifier) {
        return open(certifier);
    }

    private static HookReceiver open(Certifier certifier) {
        try {
            HttpsServer server =
                    HttpsServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(tls(certifier.issue("localhost"))));
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            HookReceiver receiver = new HookReceiver(server);
            server.createContext("/", receiver::handle);
            server.start();
            return receiver;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The options of a server that may call receivers. */
    public static String[] options() {
        try {
            Path file = Files.createTempFile("hook-ca", ".pem");
            file.toFile().deleteOnExit();
            Files.writeString(file, CERTIFIER.chain());
            return new String[] {"--allow-private-hooks", "--hook-ca", file.toString()};
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A URL of it. */
    public String url(String path) {
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    /** From now on it says this. */
    public void answers(Function<Told, Say> saying) {
        answer = saying;
    }

    /** What it was told by {@code POST}, in that order. */
    public List<Told> posts() {
        return told.stream().filter(each -> each.method().equals("POST")).toList();
    }

    /** Everything that it was told. */
    public List<Told> everything() {
        return List.copyOf(told);
    }

    /** The types of the events that it was told of, in that order. */
    public List<String> eventTypes() {
        return posts().stream()
                .flatMap(each -> each.json().at("/data/events").valueStream())
                .map(event -> event.get("eventType").asString())
                .toList();
    }

    /** Waits until it was told so many things by {@code POST}. */
    public boolean hasPosts(int atLeast) {
        return Await.until(PATIENCE, () -> posts().size() >= atLeast);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Told each =
                new Told(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        header(exchange, "Authorization"),
                        header(exchange, "X-Other"),
                        header(exchange, "X-Ostiary-Signature"),
                        body);
        told.add(each);
        String challenge = header(exchange, "X-Okta-Verification-Challenge");
        Say say =
                each.method().equals("GET") && each.path().startsWith("/hook")
                        ? new Say(200, Json.text(Json.object().put("verification", challenge)))
                        : answer.apply(each);
        byte[] text = say.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Location", url("/redirected"));
        exchange.sendResponseHeaders(say.status(), text.length == 0 ? -1 : text.length);
        if (text.length > 0) {
            exchange.getResponseBody().write(text);
        }
        exchange.close();
    }

    private static String header(HttpExchange exchange, String name) {
        String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static SSLContext tls(Certifier.Issued issued)
            throws IOException, GeneralSecurityException {
        Certificate certificate =
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(
                                        issued.certificate().getBytes(StandardCharsets.US_ASCII)));
        byte[] der =
                Base64.getMimeDecoder()
                        .decode(issued.privateKey().replaceAll("-----[A-Z ]+-----", ""));
        PrivateKey key =
                KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
        char[] password = "receiver".toCharArray();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, password);
        store.setKeyEntry("receiver", key, password, new Certificate[] {certificate});
        KeyManagerFactory keys =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
