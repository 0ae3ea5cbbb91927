package dev.ostiary.server.federation.saml;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;
import dev.ostiary.server.apps.SignOnMode;
import java.util.List;
import java.util.Optional;

/** The apps that have a name and a key in the path of a request. Thread-safe. */
record SamlApps(Database database, AppStore apps) {

    /** The app, active or not; nothing for one of other modes, or under another name. */
    Optional<App> of(Request request, SignOnMode... modes) {
        return App.idOf(request.variable("externalKey"))
                .flatMap(
                        id ->
                                database.read(
                                        request.org().number(),
                                        reader -> apps.find(reader, request.org(), id)))
                .filter(app -> app.name().equals(request.variable("appName")))
                .filter(app -> List.of(modes).contains(app.mode()));
    }
}
