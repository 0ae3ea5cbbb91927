package dev.ostiary.server.live;

import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.cli.Arguments;
import dev.ostiary.server.cli.ExitCode;
import dev.ostiary.server.cli.Failure;
import dev.ostiary.server.cli.OperatorClient;
import dev.ostiary.server.cli.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import picocli.CommandLine.Model.OptionSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The two orgs that a command is about. */
final class Sides {

    private static final String TOKENS = "/ostiary/v1/apiTokens";

    private Sides() {}

    /** Options of both sides, but for those that every command with a server has. */
    static List<OptionSpec> options() {
        return List.of(
                Options.text(
                        "--from",
                        "URL",
                        "The org to read; --token and --ca are then that org's, and --to and"
                                + " --to-token the other one's."),
                Options.text(
                        "--to",
                        "URL",
                        "With --from, the other org; the server of the data directory unless"
                                + " said."),
                Options.text("--to-token", "TOKEN", "An API token of a super administrator there."),
                Options.text("--to-ca", "FILE", "The CA to trust there (PEM)."),
                Options.text(
                        "--to-user",
                        "LOGIN",
                        "Without --to: the super administrator in whose name it is done."));
    }

    /** The org to read. */
    static OrgApi source(Arguments arguments) {
        return new OrgApi(
                "the source",
                OperatorClient.anywhere(
                        arguments.text("--from"), arguments.text("--token"), ca(arguments, "--ca")),
                TimeUnit.SECONDS::sleep);
    }

    private static Optional<Path> ca(Arguments arguments, String option) {
        Path ours = arguments.path("--data").resolve("tls/ca.pem");
        return arguments
                .find(option)
                .map(Path::of)
                .or(() -> Optional.of(ours).filter(Files::exists));
    }

    /**
     * The other org. Closing it revokes the token, if it was made for this.
     *
     * @param lines reaches it for a bulk import
     */
    record Target(OrgApi org, Supplier<OperatorClient> lines, boolean lent)
            implements AutoCloseable {
        @Override
        public void close() {
            if (lent) {
                org.send("DELETE", "/api/v1/api-tokens/current", "");
            }
        }
    }

    /**
     * The org to write to, or to compare with.
     *
     * @throws Failure if it is the source itself
     */
    static Target target(Arguments arguments, OrgApi source) {
        if (arguments.find("--to").isPresent() != arguments.find("--to-token").isPresent()) {
            throw new Failure(ExitCode.USAGE, "--to and --to-token go together");
        }
        Target target = arguments.find("--to").isPresent() ? anywhere(arguments) : ours(arguments);
        if (target.org().url().equalsIgnoreCase(source.url())) {
            target.close();
            throw new Failure(ExitCode.USAGE, "both sides are " + source.url());
        }
        return target;
    }

    private static Target anywhere(Arguments arguments) {
        Supplier<OperatorClient> client =
                () ->
                        OperatorClient.anywhere(
                                arguments.text("--to"),
                                arguments.text("--to-token"),
                                ca(arguments, "--to-ca"));
        return new Target(
                new OrgApi("the target", client.get(), TimeUnit.SECONDS::sleep), client, false);
    }

    /** The operator reaches the server's own operations alone: for the others there is a token. */
    private static Target ours(Arguments arguments) {
        Path data = arguments.path("--data");
        Optional<String> org = arguments.find("--org");
        Supplier<OperatorClient> operator = () -> OperatorClient.of(data, org.orElse(null));
        String user = arguments.find("--to-user").orElseGet(() -> administrator(data, org));
        ObjectNode wanted =
                Json.object()
                        .put("user", user)
                        .put("name", "import and diff")
                        .put("tokenWindow", "P1D");
        JsonNode made = operator.get().send("POST", TOKENS, Json.text(wanted));
        String token = made == null ? "" : made.path("token").asString("");
        return new Target(
                new OrgApi("the target", operator.get().as(token), TimeUnit.SECONDS::sleep),
                operator,
                true);
    }

    /** Whom the org began with. */
    private static String administrator(Path data, Optional<String> org) {
        if (org.isPresent()) {
            return "admin@" + org.get() + ".example";
        }
        Path file = data.resolve("first-run.json");
        try {
            return Json.parse(Files.readAllBytes(file)).path("adminLogin").asString("");
        } catch (IOException | ApiException e) {
            throw new Failure(
                    ExitCode.USAGE, file + " cannot be read: --to-user says who administers");
        }
    }
}
