package dev.ostiary.server.identitysources;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppStore;

/** Finds the app that an identity source is. Thread-safe. */
final class Sources {

    private static final String ID = "identitySourceId";

    private final AppStore apps;

    Sources(AppStore apps) {
        this.apps = apps;
    }

    /**
     * The source that a request names.
     *
     * @throws ApiException {@code E0000007} if there is no such app, or it is no source
     */
    App require(Reader reader, Request request) {
        return source(apps.require(reader, request.org(), request.variable(ID)));
    }

    /**
     * The same, for a request that has it do something; nobody deletes it meanwhile.
     *
     * @throws ApiException {@code E0000001} if it is not active
     */
    App active(Tx tx, Request request) {
        return active(tx, request, AppStore.Lock.STAYS);
    }

    /** The same, held so. */
    App active(Tx tx, Request request, AppStore.Lock lock) {
        Org org = request.org();
        App app = source(apps.held(tx, org, request.variable(ID), lock));
        if (!app.active()) {
            throw ApiException.validation(ID, "The identity source is not active");
        }
        return app;
    }

    private static App source(App app) {
        if (!app.isIdentitySource()) {
            throw ApiException.notFound(app.id(), App.TYPE);
        }
        return app;
    }
}
