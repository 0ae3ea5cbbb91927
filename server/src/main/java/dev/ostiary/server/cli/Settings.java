package dev.ostiary.server.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the operator chose for this process.
 *
 * @param port the port of HTTPS; 0 takes a free one
 * @param httpPort the port without TLS, for the operator's proxies; 0 takes a free one, null opens
 *     none
 * @param managementPort the port of health and metrics on loopback; 0 takes a free one
 * @param data the data directory
 * @param databaseUrl {@code postgresql://…} of an external database, or null for the embedded one
 * @param baseDomain the domain under which every org has its host
 * @param tlsCertificate PEM file with the operator's own certificate chain, or null for the local
 *     CA
 * @param tlsKey PEM file with its key
 * @param trustedProxies CIDRs of the operator's own proxies (P2, P13)
 * @param geoip databases in MaxMind's format that say where addresses are; none by default
 * @param masterKey the key ring as text, or null for the file in the data directory
 * @param smtpUrl {@code smtp://user:password@host:port?from=sender}, or null to only keep mails in
 *     the outbox
 * @param phoneWebhook a service that sends messages to phones, or null to only keep them in the
 *     outbox
 * @param phoneSecret what calls of that are signed under
 * @param dns {@code host:port} of the name server that proves custom domains, or null for the
 *     machine's own
 * @param rateLimits the profile of rate limits of orgs that have none of their own
 * @param http2 whether clients may choose HTTP/2
 * @param privateHooks whether hooks may call addresses that are not of the internet
 * @param hookCa PEM file with authorities that vouch for the receivers of hooks, beside the usual
 *     ones; null for none
 * @param breachedPasswords a sorted list of SHA-1 digests of passwords that others have; null for
 *     none
 * @param quiet whether the line a request is left out
 */
public record Settings(
        int port,
        @Nullable Integer httpPort,
        int managementPort,
        Path data,
        @Nullable String databaseUrl,
        String baseDomain,
        @Nullable Path tlsCertificate,
        @Nullable Path tlsKey,
        List<String> trustedProxies,
        List<Path> geoip,
        @Nullable String masterKey,
        @Nullable String smtpUrl,
        @Nullable String phoneWebhook,
        @Nullable String phoneSecret,
        @Nullable String dns,
        String rateLimits,
        boolean http2,
        boolean privateHooks,
        @Nullable Path hookCa,
        @Nullable Path breachedPasswords,
        boolean quiet) {

    /** What somebody has who chose nothing but a data directory and free ports. */
    public static Settings unchosen(Path data) {
        return new Settings(
                0,
                null,
                0,
                data,
                null,
                "localhost",
                null,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                null,
                "unlimited",
                false,
                false,
                null,
                null,
                false);
    }

    /** The org that loopback names mean and that the first start makes. */
    public static final String DEFAULT_ORG = "dev";

    /** Where the facts of the first start are written. */
    public Path firstRunFile() {
        return data.resolve("first-run.json");
    }

    /** Where a running server says how to reach it. */
    public Path runningFile() {
        return data.resolve("running.json");
    }

    /** The certificate of the local CA. */
    public Path caFile() {
        return data.resolve("tls").resolve("ca.pem");
    }

    /** What a client must trust: the local CA's certificate, or the operator's own chain. */
    public Path trustFile() {
        return tlsCertificate == null ? caFile() : tlsCertificate;
    }
}
