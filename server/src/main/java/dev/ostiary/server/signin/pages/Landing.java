package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.access.Permissions;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.server.customization.brands.DefaultApps;
import dev.ostiary.server.signin.pages.InProcess.Call;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where browsers may go that want nowhere: into the app that the brand of the host names (schema
 * {@code DefaultApp}), by the link that whoever signs in has into it. Thread-safe.
 */
record Landing(InProcess api, DefaultApps apps) {

    /**
     * The link; nothing where the brand names no app, or it is not the user's.
     *
     * @param user who is signed in; asked for only where there is an app
     */
    Optional<String> link(Request request, Supplier<Optional<Caller.Principal>> user) {
        return apps.of(request.org())
                .flatMap(app -> user.get().flatMap(each -> link(request, each, app)));
    }

    private Optional<String> link(Request request, Caller.Principal user, String appId) {
        Caller self = new Caller.Session("", user, Permissions.none());
        byte[] links = api.call(request, self, Call.of("listAppLinks").on("id", user.id())).body();
        return Json.parse(links)
                .valueStream()
                .filter(link -> link.path("appInstanceId").asString("").equals(appId))
                .map(link -> link.path("linkUrl").asString())
                .findFirst();
    }
}
