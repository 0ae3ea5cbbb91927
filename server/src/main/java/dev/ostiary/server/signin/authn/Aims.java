package dev.ostiary.server.signin.authn;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.signin.flow.Arrivals;
import dev.ostiary.server.signin.flow.Destination;
import dev.ostiary.server.signin.flow.Destinations;
import dev.ostiary.server.signin.flow.Flow;
import java.util.Optional;

/**
 * Finds the apps that clients want users to be led into ("IDP-initiated" and "SP-initiated step-up
 * authentication"). Thread-safe.
 */
record Aims(Database database, Flow flow, Destinations destinations, Arrivals arrivals) {

    /**
     * An app that the client names. Whether there is one is asked for everybody, and told to those
     * with the right password alone.
     */
    Aim audience(Request request, String audience) {
        Optional<Destination> found =
                database.read(
                        request.org().number(),
                        reader ->
                                destinations.find(
                                        reader, request.org(), audience, flow.now(request)));
        return new Aim(
                found,
                (tx, userId) ->
                        found.filter(
                                                app ->
                                                        destinations.isTheirs(
                                                                tx,
                                                                request.org(),
                                                                app.app().id(),
                                                                userId))
                                        .isPresent()
                                ? Optional.empty()
                                : Optional.of(unknown(audience)));
    }

    static ApiException unknown(String audience) {
        return ApiException.validation(
                "authRequest", "Invalid or unknown audience '" + audience + "'.");
    }

    /**
     * The app that a browser has come to. Its arrival is spent by the password; whether the app is
     * the user's says the app's own door, as after every other sign-in.
     */
    Aim arrival(Request request, Arrivals.Waiting waiting) {
        return new Aim(
                Optional.of(waiting.destination()),
                (tx, userId) ->
                        arrivals.take(tx, request, waiting.stateToken())
                                ? Optional.empty()
                                : Optional.of(ApiException.of("E0000011")));
    }
}
