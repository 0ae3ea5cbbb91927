package dev.ostiary.server;

import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.federation.saml.ServiceLogouts;
import dev.ostiary.server.oauth.authorize.FrontChannelLogout;
import dev.ostiary.server.signin.pages.Partings;
import dev.ostiary.server.signin.pages.view.Notice;

/** Apps of every protocol that somebody leaves who signs out. Thread-safe. */
record LeftApps(Database database, FrontChannelLogout openId, ServiceLogouts services)
        implements Partings {

    @Override
    public Told of(Request request, String sessionId, String except) {
        return new Told(
                database
                        .read(
                                request.org().number(),
                                reader -> openId.addresses(reader, request, sessionId, except))
                        .stream()
                        .map(Notice::opened)
                        .toList(),
                services.notices(request, sessionId, except));
    }
}
