package dev.ostiary.platform.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Certificates of the local authority. Their keys live in memory only: a new start makes new ones.
 *
 * <p>Clients limit the size of a certificate (Java's to 32 KiB with its chain), so many hosts are
 * spread over several certificates, each of which names the machine itself too; the host that the
 * client asks for (SNI, RFC 6066) tells which one it gets.
 */
final class LocalCertificates implements CertificateSource {

    private static final List<HostName> MACHINE =
            List.of(HostName.of("localhost"), HostName.of("127.0.0.1"), HostName.of("::1"));
    private static final int HOSTS_IN_ONE = 60;
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final LocalAuthority authority;
    private final Path certificate;
    private final InstantSource clock;
    private final Map<List<HostName>, Identity> issued = new HashMap<>();
    private List<HostName> hosts = List.of();

    LocalCertificates(LocalAuthority authority, Path certificate, InstantSource clock) {
        this.authority = authority;
        this.certificate = certificate;
        this.clock = clock;
    }

    @Override
    public SwappableKeys.Served serve(List<HostName> wanted) {
        List<HostName> others = wanted.stream().filter(host -> !MACHINE.contains(host)).toList();
        List<List<HostName>> groups = groups(others);
        Map<String, Identity> byHost = new HashMap<>();
        for (List<HostName> group : groups) {
            Identity identity = identity(group);
            group.forEach(host -> byHost.put(host.text(), identity));
        }
        issued.keySet().retainAll(groups);
        hosts = wanted;
        return new SwappableKeys.Served(Map.copyOf(byHost), identity(groups.getFirst()));
    }

    @Override
    public SwappableKeys.Served renew() {
        return serve(hosts);
    }

    @Override
    public Optional<Path> caCertificate() {
        return Optional.of(certificate);
    }

    private Identity identity(List<HostName> group) {
        Identity known = issued.get(group);
        boolean good = known != null && known.expires().isAfter(clock.instant().plus(RENEW_BEFORE));
        if (known != null && good) {
            return known;
        }
        Identity fresh = authority.issue(group);
        issued.put(group, fresh);
        return fresh;
    }

    private static List<List<HostName>> groups(List<HostName> hosts) {
        List<List<HostName>> groups = new ArrayList<>();
        int from = 0;
        do {
            List<HostName> group = new ArrayList<>(MACHINE);
            int to = Math.min(from + HOSTS_IN_ONE, hosts.size());
            group.addAll(hosts.subList(from, to));
            groups.add(List.copyOf(group));
            from = to;
        } while (from < hosts.size());
        return groups;
    }
}
