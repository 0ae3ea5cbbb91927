package dev.ostiary.platform.event;

import dev.ostiary.platform.json.Schema;

/**
 * What {@link EventJson} writes: every property always, with null for what is not known; but the
 * changes of a target stand only where its event tells them.
 */
final class EventSchema {

    private static final Schema TEXT = Schema.TEXT.orNull();

    private static final Schema.Fields PRINCIPAL =
            Schema.object("LogPrincipal")
                    .always("id", TEXT)
                    .always("type", TEXT)
                    .always("alternateId", TEXT)
                    .always("displayName", TEXT)
                    .always("detailEntry", Schema.DOCUMENT.orNull());

    private static final Schema TARGET =
            PRINCIPAL
                    .named("LogTarget")
                    .maybe(
                            "changeDetails",
                            Schema.object()
                                    .always("from", Schema.DOCUMENT)
                                    .always("to", Schema.DOCUMENT));

    private static final Schema GEOGRAPHY =
            Schema.object("LogGeographicalContext")
                    .always("city", TEXT)
                    .always("state", TEXT)
                    .always("country", TEXT)
                    .always("postalCode", TEXT)
                    .always(
                            "geolocation",
                            Schema.object()
                                    .always("lat", Schema.NUMBER)
                                    .always("lon", Schema.NUMBER)
                                    .orNull());

    private static final Schema CLIENT =
            Schema.object("LogClient")
                    .always(
                            "userAgent",
                            Schema.object()
                                    .always("rawUserAgent", TEXT)
                                    .always("os", TEXT)
                                    .always("browser", TEXT)
                                    .orNull())
                    .always("zone", TEXT)
                    .always("device", TEXT)
                    .always("id", TEXT)
                    .always("ipAddress", TEXT)
                    .always("geographicalContext", GEOGRAPHY.orNull());

    private static final Schema AUTHENTICATION =
            Schema.object("LogAuthenticationContext")
                    .always("authenticationProvider", TEXT)
                    .always("credentialProvider", TEXT)
                    .always("credentialType", TEXT)
                    .always("issuer", Schema.DOCUMENT.orNull())
                    .always("interface", TEXT)
                    .always("authenticationStep", Schema.INTEGER)
                    .always("rootSessionId", TEXT)
                    .always("externalSessionId", TEXT);

    private static final Schema SECURITY =
            Schema.object("LogSecurityContext")
                    .always("asNumber", Schema.LONG.orNull())
                    .always("asOrg", TEXT)
                    .always("isp", TEXT)
                    .always("domain", TEXT)
                    .always("isProxy", Schema.BOOLEAN.orNull());

    private static final Schema REQUEST =
            Schema.object("LogRequest")
                    .always(
                            "ipChain",
                            Schema.list(
                                    Schema.object()
                                            .always("ip", TEXT)
                                            .always("geographicalContext", GEOGRAPHY.orNull())
                                            .always("version", TEXT)
                                            .always("source", TEXT)));

    static final Schema EVENT =
            Schema.object("LogEvent")
                    .always("actor", PRINCIPAL)
                    .always("client", CLIENT)
                    .always("device", Schema.DOCUMENT.orNull())
                    .always("authenticationContext", AUTHENTICATION)
                    .always("displayMessage", TEXT)
                    .always("eventType", Schema.TEXT)
                    .always(
                            "outcome",
                            Schema.object()
                                    .always("result", Schema.words(Outcome.Result.values()))
                                    .always("reason", TEXT))
                    .always("published", Schema.MOMENT)
                    .always("securityContext", SECURITY)
                    .always("severity", Schema.TEXT)
                    .always("debugContext", Schema.object().always("debugData", Schema.DOCUMENT))
                    .always("legacyEventType", TEXT)
                    .always(
                            "transaction",
                            Schema.object()
                                    .always("type", Schema.words(LogTransaction.Type.values()))
                                    .always("id", TEXT)
                                    .always("detail", Schema.DOCUMENT.orNull()))
                    .always("uuid", Schema.TEXT)
                    .always("version", Schema.TEXT)
                    .always("request", REQUEST)
                    .always("target", Schema.list(TARGET));

    private EventSchema() {}
}
