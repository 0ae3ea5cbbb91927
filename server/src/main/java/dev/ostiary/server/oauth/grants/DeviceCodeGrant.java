package dev.ostiary.server.oauth.grants;

import dev.ostiary.platform.store.Database;
import dev.ostiary.server.oauth.issued.PolledRequest;
import dev.ostiary.server.oauth.issued.PolledRequest.Kind;
import dev.ostiary.server.oauth.issued.PolledRequestStore;
import dev.ostiary.server.oauth.problem.OAuthErrors;
import dev.ostiary.server.oauth.problem.OAuthException;
import java.util.Optional;

/**
 * A device asks whether somebody has said yes in the meantime (RFC 8628, 3.4 and 3.5). Of what
 * another client has begun, or at another server, it learns nothing. Thread-safe.
 */
final class DeviceCodeGrant implements Grant {

    static final String TYPE = "urn:ietf:params:oauth:grant-type:device_code";

    private final Database database;
    private final Delegations delegations;
    private final PolledRequestStore requests = new PolledRequestStore();
    private final OAuthErrors errors;

    DeviceCodeGrant(Database database, Presences presences, OAuthErrors errors) {
        this.database = database;
        this.delegations = new Delegations(presences, errors);
        this.errors = errors;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Entitlement check(TokenRequest request) {
        String code = request.form().required("device_code", errors);
        PolledRequest found =
                database.read(
                                request.org().number(),
                                reader -> requests.find(reader, Kind.DEVICE, code))
                        .filter(each -> each.clientId().equals(request.client().id()))
                        .filter(each -> each.server().equals(request.issuer().id()))
                        .orElseThrow(this::invalid);
        if (!found.ends().isAfter(request.now())) {
            throw errors.of("expired_token");
        }
        return switch (found.state()) {
            case WAITING -> throw wait(request, code);
            case DENIED -> throw errors.of("access_denied");
            case ALLOWED ->
                    delegations.entitlement(
                            request,
                            found.given().orElseThrow(this::invalid),
                            Optional.empty(),
                            this::invalid,
                            (tx, given) ->
                                    requests.redeem(tx, Kind.DEVICE, code)
                                            ? Optional.empty()
                                            : Optional.of(invalid()));
        };
    }

    private OAuthException wait(TokenRequest request, String code) {
        boolean inTime =
                database.write(
                        request.org().number(),
                        tx -> requests.poll(tx, Kind.DEVICE, code, request.now()));
        return errors.of(inTime ? "authorization_pending" : "slow_down");
    }

    private OAuthException invalid() {
        return errors.of("invalid_device_code");
    }
}
