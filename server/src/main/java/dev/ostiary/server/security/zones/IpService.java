package dev.ostiary.server.security.zones;

import dev.ostiary.platform.context.Place.Anonymizer;
import dev.ostiary.platform.json.Reading;
import dev.ostiary.platform.json.Schema;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.json.Way;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A category of services that stand between a client and the server (schema {@code
 * IPServiceCategory}). A database knows the general ones; of a single provider's addresses none
 * tells, so those are kept and never match.
 */
enum IpService {
    ABCPROXY_PROXY,
    ALL_ANONYMIZERS(how -> how != Anonymizer.NONE),
    ALL_ANONYMIZERS_EXCEPT_TOR(how -> how != Anonymizer.NONE && how != Anonymizer.TOR),
    ALL_IP_SERVICES(how -> how != Anonymizer.NONE),
    ALL_PROXIES_VPNS(how -> how == Anonymizer.PROXY_OR_VPN),
    ANONYMIZER_TOR(how -> how == Anonymizer.TOR),
    APPLE_ICLOUD_RELAY_PROXY,
    ASTRILL_VPN,
    AVAST_VPN,
    BIGMAMA_PROXY,
    CYBERGHOST_VPN,
    DATAIMPULSE_PROXY,
    EXPRESS_VPN,
    FACELESS_PROXY,
    FROXY_PROXY,
    GEONODE_PROXY,
    GLOBALPROTECT_VPN,
    GOOGLE_VPN,
    IPCOLA_PROXY,
    IPIDEA_PROXY,
    IPROXYSHOP_PROXY,
    LUMINATI_PROXY,
    MULLVAD_VPN,
    NETNUT_PROXY,
    NEXUS_PROXY,
    NORD_VPN,
    OCULUS_PROXY,
    OXYLABS_PROXY,
    PIA_VPN,
    PROXYRACK_PROXY,
    SAMSUNG_VPN,
    SPACEPROXIES_PROXY,
    SURFSHARK_VPN,
    SYMANTEC_VPN,
    TRENDMICRO_VPN,
    ULTRASURF_VPN,
    WARP_VPN,
    YILU_PROXY;

    static final Type<IpService> TYPE = new ByName();

    private final Predicate<Anonymizer> holds;

    /** A single provider's. */
    IpService() {
        this(how -> false);
    }

    IpService(Predicate<Anonymizer> holds) {
        this.holds = holds;
    }

    /** Whether an address that hides its user so belongs here. */
    boolean has(Anonymizer how) {
        return holds.test(how);
    }

    private record ByName() implements Type<IpService> {
        @Override
        public Schema schema(Way way) {
            return Schema.words(values());
        }

        @Override
        public Optional<IpService> read(JsonNode node, Reading.Path at, Reading reading) {
            for (IpService service : values()) {
                if (node.isString() && service.name().equals(node.stringValue())) {
                    return Optional.of(service);
                }
            }
            return reading.wrong(at, "must be a category of IP services");
        }

        @Override
        public void write(JsonGenerator out, IpService value) {
            out.writeString(value.name());
        }
    }
}
