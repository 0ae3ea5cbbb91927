package dev.ostiary.server.security.zones;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a zone encloses. */
sealed interface Perimeter {

    /** The type of the zone. */
    ZoneType type();

    /** Whether nothing is enclosed. */
    boolean isEmpty();

    /**
     * Addresses.
     *
     * @param gateways addresses of clients; null for none named
     * @param proxies addresses that may forward requests of others; null for none named
     */
    record Ip(@Nullable List<ZoneAddress> gateways, @Nullable List<ZoneAddress> proxies)
            implements Perimeter {

        static final Shape<Ip> SHAPE = shape();

        private static Shape<Ip> shape() {
            Shape.Builder<Ip> shape = Shape.of("zone");
            Field<Ip, List<ZoneAddress>> gateways =
                    shape.field("gateways", Type.list(Type.nested(ZoneAddress.SHAPE)), Ip::gateways)
                            .orNull();
            Field<Ip, List<ZoneAddress>> proxies =
                    shape.field("proxies", Type.list(Type.nested(ZoneAddress.SHAPE)), Ip::proxies)
                            .orNull();
            return shape.build(in -> new Ip(in.orNull(gateways), in.orNull(proxies)));
        }

        static Ip empty() {
            return new Ip(null, null);
        }

        @Override
        public ZoneType type() {
            return ZoneType.IP;
        }

        List<ZoneAddress> gatewayList() {
            return gateways == null ? List.of() : gateways;
        }

        List<ZoneAddress> proxyList() {
            return proxies == null ? List.of() : proxies;
        }

        @Override
        public boolean isEmpty() {
            return gatewayList().isEmpty() && proxyList().isEmpty();
        }
    }

    /**
     * Places, networks and ways of hiding.
     *
     * @param proxyType {@code Any}, {@code Tor}, {@code NotTorAnonymizer}; null for none named
     */
    record Dynamic(
            @Nullable String proxyType,
            @Nullable List<ZoneLocation> locations,
            @Nullable List<String> asns)
            implements Perimeter {

        static final Shape<Dynamic> SHAPE = shape();

        private static final Set<String> PROXY_TYPES = Set.of("Any", "Tor", "NotTorAnonymizer");

        private static Shape<Dynamic> shape() {
            Shape.Builder<Dynamic> shape = Shape.of("zone");
            Field<Dynamic, List<ZoneLocation>> locations =
                    shape.field(
                                    "locations",
                                    Type.list(Type.nested(ZoneLocation.SHAPE)),
                                    Dynamic::locations)
                            .orNull()
                            .must(list -> list.size() <= 75, "must be at most 75 locations");
            Field<Dynamic, String> proxyType =
                    shape.field("proxyType", Type.TEXT, Dynamic::proxyType)
                            .orNull()
                            .must(
                                    text -> unnamed(text) || PROXY_TYPES.contains(text),
                                    "must be Any, Tor, NotTorAnonymizer or null");
            Field<Dynamic, List<String>> asns =
                    shape.field("asns", Type.list(Type.TEXT), Dynamic::asns)
                            .orNull()
                            .must(
                                    list -> list.size() <= 75 && list.stream().allMatch(Asn::isAsn),
                                    Asn.RULE);
            return shape.build(
                    in ->
                            new Dynamic(
                                    in.find(proxyType).filter(text -> !unnamed(text)).orElse(null),
                                    in.orNull(locations),
                                    in.orNull(asns)));
        }

        /** The published enumeration spells one value {@code null}. */
        private static boolean unnamed(String proxyType) {
            return proxyType.isEmpty() || proxyType.equals("null");
        }

        @Override
        public ZoneType type() {
            return ZoneType.DYNAMIC;
        }

        List<ZoneLocation> locationList() {
            return locations == null ? List.of() : locations;
        }

        List<String> asnList() {
            return asns == null ? List.of() : asns;
        }

        @Override
        public boolean isEmpty() {
            return proxyType == null && locationList().isEmpty() && asnList().isEmpty();
        }
    }

    /** The same with inclusions and exclusions, and services by name. */
    record Enhanced(
            Choice<ZoneLocation> locations,
            Choice<String> asns,
            Choice<IpService> ipServiceCategories)
            implements Perimeter {

        static final Shape<Enhanced> SHAPE = shape();

        private static Shape<Enhanced> shape() {
            Shape.Builder<Enhanced> shape = Shape.of("zone");
            Field<Enhanced, Choice<ZoneLocation>> locations =
                    shape.field(
                                    "locations",
                                    Type.nested(
                                            Choice.shape(
                                                    "locations",
                                                    Type.nested(ZoneLocation.SHAPE),
                                                    location -> true,
                                                    "must be at most 75 locations")),
                                    Enhanced::locations)
                            .always();
            Field<Enhanced, Choice<String>> asns =
                    shape.field(
                                    "asns",
                                    Type.nested(
                                            Choice.shape("asns", Type.TEXT, Asn::isAsn, Asn.RULE)),
                                    Enhanced::asns)
                            .always();
            Field<Enhanced, Choice<IpService>> services =
                    shape.field(
                                    "ipServiceCategories",
                                    Type.nested(
                                            Choice.shape(
                                                    "ipServiceCategories",
                                                    IpService.TYPE,
                                                    service -> true,
                                                    "must be at most 75 categories")),
                                    Enhanced::ipServiceCategories)
                            .always();
            return shape.build(
                    in ->
                            new Enhanced(
                                    in.find(locations).orElse(Choice.none()),
                                    in.find(asns).orElse(Choice.none()),
                                    in.find(services).orElse(Choice.none())));
        }

        @Override
        public ZoneType type() {
            return ZoneType.DYNAMIC_V2;
        }

        @Override
        public boolean isEmpty() {
            return locations.isEmpty() && asns.isEmpty() && ipServiceCategories.isEmpty();
        }
    }

    /** Numbers of autonomous systems, as texts. */
    final class Asn {

        static final String RULE = "must be at most 75 numbers of autonomous systems";

        private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,9}");
        private static final long LARGEST = 0xffff_ffffL;

        private Asn() {}

        static boolean isAsn(String text) {
            return NUMBER.matcher(text).matches() && Long.parseLong(text) <= LARGEST;
        }
    }
}
