package dev.ostiary.conformance.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ostiary.conformance.harness.Answer;
import dev.ostiary.conformance.harness.Await;
import dev.ostiary.conformance.harness.ClientApp;
import dev.ostiary.conformance.harness.Json;
import dev.ostiary.conformance.harness.OperatorsPostgres;
import dev.ostiary.conformance.harness.Org;
import dev.ostiary.conformance.harness.Server;
import dev.ostiary.conformance.harness.ServiceApp;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("deep")
@Timeout(300)
@DisplayName("Keys of two nodes on one database")
class KeysOfTwoNodesTest {

    private static final String SCOPE = "rotation:read";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    @DisplayName(
            "while keys are rotated by hand at either node, and at one meanwhile, no verifier that asks the"
                    + " other node meets a token whose key is not there yet")
    void overlap() throws Exception {
        Optional<Path> programs =
                Stream.of(18, 17, 16, 15)
                        .flatMap(major -> OperatorsPostgres.programs(major).stream())
                        .findFirst();
        assumeTrue(programs.isPresent(), "skipped: no PostgreSQL of the operator's own");
        try (OperatorsPostgres postgres = OperatorsPostgres.start(programs.orElseThrow());
                Server one = Server.start("--db", postgres.url());
                Server two = one.beside()) {
            Site site = Site.of(one.defaultOrg(), two.defaultOrg());
            assertThat(site.whileVerifying(site::rotations)).hasSizeGreaterThanOrEqualTo(7);
        }
    }

    /** What happens while tokens are verified. */
    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    /**
     * An authorization server at both nodes.
     *
     * @param path its path before {@code /v1/…}
     * @param atOne a client of it, at one node
     * @param atTwo the same, at the other
     */
    private record Site(String path, ServiceApp atOne, ServiceApp atTwo) {

        static Site of(Org one, Org two) {
            String path = OpenServer.of(one, "client_credentials");
            one.http()
                    .post(
                            path.replace("/oauth2/", "/api/v1/authorizationServers/") + "/scopes",
                            Json.object().put("name", SCOPE))
                    .expect(201);
            ServiceApp client = ServiceApp.register(one, List.of());
            return new Site(path, client, new ServiceApp(two, client.clientId(), client.key()));
        }

        /** At either node, and at the other while one waits until both know the next key. */
        void rotations() throws Exception {
            rotate(atOne.org());
            rotateMeanwhile(atOne.org(), atTwo.org());
            rotate(atTwo.org());
            rotateMeanwhile(atTwo.org(), atOne.org());
            rotate(atOne.org());
        }

        private void rotateMeanwhile(Org first, Org second) throws Exception {
            int before = keys(first);
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> waiting = threads.submit(() -> rotate(first));
                assertThat(Await.until(PATIENCE, () -> keys(first) > before)).isTrue();
                rotate(second);
                waiting.get();
            }
        }

        private int keys(Org org) {
            return org.nobody().get(path + "/v1/keys").expect(200).json().get("keys").size();
        }

        private Answer rotate(Org org) {
            return org.http()
                    .post(
                            path.replace("/oauth2/", "/api/v1/authorizationServers/")
                                    + "/credentials/lifecycle/keyRotate",
                            Json.object().put("use", "sig"))
                    .expect(200);
        }

        /**
         * The headers that name the keys that signed, each of which was found by whoever verified.
         */
        Set<String> whileVerifying(Step step) throws Exception {
            Set<String> headers = ConcurrentHashMap.newKeySet();
            AtomicBoolean over = new AtomicBoolean();
            List<Future<?>> verifiers = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                verifiers.add(threads.submit(() -> verify(atOne, atTwo.org(), headers, over)));
                verifiers.add(threads.submit(() -> verify(atTwo, atOne.org(), headers, over)));
                try {
                    step.run();
                } finally {
                    over.set(true);
                }
            }
            for (Future<?> verifier : verifiers) {
                verifier.get();
            }
            return headers;
        }

        private void verify(ServiceApp issued, Org asked, Set<String> headers, AtomicBoolean over) {
            while (!over.get()) {
                String token = token(issued);
                String header = token.substring(0, token.indexOf('.'));
                assertThat(new ClientApp(asked, issued.clientId(), "", path).isSigned(token))
                        .as("%s at %s, after %s", header, asked.url(), headers)
                        .isTrue();
                headers.add(header);
            }
        }

        private String token(ServiceApp client) {
            return client.send(
                            client.org().nobody(),
                            path + "/v1/token",
                            Map.of("grant_type", "client_credentials", "scope", SCOPE))
                    .expect(200)
                    .text("access_token");
        }
    }
}
