package dev.ostiary.server.apps.trust;

import dev.ostiary.platform.store.Reader;
import java.util.List;

/** To whom an app may go in the name of its users (guide "Cross App Access"). Thread-safe. */
public final class CrossAppAccess {

    private CrossAppAccess() {}

    /** The active apps that active connections lead an app to. */
    public static List<String> from(Reader reader, String appId) {
        return CrossAppConnectionStore.open(reader, appId);
    }
}
