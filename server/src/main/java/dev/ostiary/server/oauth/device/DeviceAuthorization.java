package dev.ostiary.server.oauth.device;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.authorize.RequestedScopes;
import dev.ostiary.server.oauth.clients.ClientRegistry;
import dev.ostiary.server.oauth.grants.ClientRequests;
import dev.ostiary.server.oauth.grants.ClientRequests.ClientRequest;
import dev.ostiary.server.oauth.grants.Recipient;
import dev.ostiary.server.oauth.grants.TokenFamilies;
import dev.ostiary.server.oauth.issued.PolledRequest;
import dev.ostiary.server.oauth.issued.PolledRequest.Kind;
import dev.ostiary.server.oauth.issued.PolledRequestStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where devices begin (RFC 8628, 3.1 and 3.2). Thread-safe. */
public final class DeviceAuthorization implements Family {

    static final String GRANT = "urn:ietf:params:oauth:grant-type:device_code";

    /** Guide: the user code is good for ten minutes. */
    private static final Duration LIFE = Duration.ofMinutes(10);

    private static final String HEX = "0123456789abcdef";

    private static final Schema FORM =
            Schema.object()
                    .maybe("client_id", Schema.TEXT)
                    .maybe("client_secret", Schema.TEXT)
                    .maybe("client_assertion_type", Schema.TEXT)
                    .maybe("client_assertion", Schema.TEXT)
                    .maybe("scope", Schema.TEXT);

    private static final Schema ANSWER =
            Schema.object("DeviceAuthorizeResponse")
                    .always("user_code", Schema.TEXT)
                    .always("device_code", Schema.TEXT)
                    .always("interval", Schema.LONG)
                    .always("verification_uri_complete", Schema.TEXT)
                    .always("verification_uri", Schema.TEXT)
                    .always("expires_in", Schema.LONG);

    private final Database database;
    private final ClientRequests clients;
    private final RequestedScopes scopes;
    private final PolledRequestStore requests = new PolledRequestStore();
    private final Tokens random;
    private final OAuthErrors errors;

    /** The endpoint for clients of this registry. */
    public DeviceAuthorization(
            Database database, ClientRegistry registry, TokenFamilies tokens, Tokens random) {
        this.database = database;
        this.clients = tokens.clientRequests();
        this.errors = tokens.errors();
        this.scopes = new RequestedScopes(database, registry, errors);
        this.random = random;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("deviceAuthorize", clients.ofOrg("device/authorize", this::begun))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER),
                Binding.of(
                                "deviceAuthorizeCustomAS",
                                clients.custom("device/authorize", this::begun))
                        .takesForm()
                        .takes(FORM)
                        .answers(ANSWER));
    }

    private Reply begun(Request request, ClientRequest asked) {
        Recipient to = asked.to();
        to.requireGrant(GRANT, errors);
        PolledRequest begun =
                PolledRequest.begin(
                        Kind.DEVICE,
                        to.client().id(),
                        to.issuer().id(),
                        scopes.of(to, asked.form().text("scope").orElse(""), true, false),
                        to.now().plus(LIFE));
        String deviceCode = deviceCode();
        String userCode = UserCode.next(random);
        database.write(
                to.org().number(),
                tx -> {
                    requests.insert(tx, deviceCode, Optional.of(userCode), begun, to.now());
                    return begun;
                });
        String page = request.baseUrl() + DeviceActivation.PATH;
        return Reply.ok(
                out -> {
                    out.writeStartObject();
                    out.writeStringProperty("user_code", userCode);
                    out.writeStringProperty("device_code", deviceCode);
                    out.writeNumberProperty("interval", PolledRequest.INTERVAL.toSeconds());
                    out.writeStringProperty(
                            "verification_uri_complete", page + "?user_code=" + userCode);
                    out.writeStringProperty("verification_uri", page);
                    out.writeNumberProperty("expires_in", LIFE.toSeconds());
                    out.writeEndObject();
                });
    }

    /** 122 random bits in the shape of a UUID (RFC 9562, 5.4), as the original's have it. */
    private String deviceCode() {
        return random.of(HEX, 8)
                + "-"
                + random.of(HEX, 4)
                + "-4"
                + random.of(HEX, 3)
                + "-"
                + random.of("89ab", 1)
                + random.of(HEX, 3)
                + "-"
                + random.of(HEX, 12);
    }
}
