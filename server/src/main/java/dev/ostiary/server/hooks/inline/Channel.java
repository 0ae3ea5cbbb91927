package dev.ostiary.server.hooks.inline;

import dev.ostiary.server.hooks.channel.HttpConfig;
import org.jspecify.annotations.Nullable;

/** How a hook is reached. Immutable. */
sealed interface Channel {

    String version();

    /** Where, and with what headers. */
    HttpConfig http();

    /** The secret that a body brought along; null for none, and always in what is kept. */
    @Nullable String secret();

    /** As it is kept. */
    Channel withoutSecret();

    /** Whether another channel's secret is good for this one, which brings none. */
    boolean mayKeepSecretOf(Channel other);

    /** Whether it does not work without a secret. */
    boolean needsSecret();

    /** Type {@code HTTP}: a header proves who calls. */
    record Http(String version, HttpConfig http) implements Channel {

        @Override
        public @Nullable String secret() {
            return http.secret();
        }

        @Override
        public Channel withoutSecret() {
            return new Http(version, http.withoutSecret());
        }

        @Override
        public boolean mayKeepSecretOf(Channel other) {
            return other instanceof Http && http.sameAuth(other.http());
        }

        @Override
        public boolean needsSecret() {
            return http.auth() != null;
        }
    }

    /** Type {@code OAUTH}: an access token does. */
    record OAuth(String version, HttpConfig http, OAuthConfig client) implements Channel {

        @Override
        public @Nullable String secret() {
            return client.secret();
        }

        @Override
        public Channel withoutSecret() {
            return new OAuth(version, http, client.withoutSecret());
        }

        @Override
        public boolean mayKeepSecretOf(Channel other) {
            return other instanceof OAuth that && client.clientId().equals(that.client.clientId());
        }

        @Override
        public boolean needsSecret() {
            return client.method() == OAuthConfig.Method.CLIENT_SECRET_POST;
        }
    }
}
