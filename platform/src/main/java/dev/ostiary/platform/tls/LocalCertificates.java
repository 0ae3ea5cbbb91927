package dev.ostiary.platform.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Certificates of the local authority. The first is kept for the next start; the keys of others,
 * which only a server of many orgs has, live in memory only.
 *
 * <p>Clients limit the size of a certificate (Java's to 32 KiB with its chain), so many hosts are
 * spread over several certificates, each of which names the machine itself too; the host that the
 * client asks for (SNI, RFC 6066) tells which one it gets. A host keeps its certificate while
 * others come and go: adding or removing one issues one certificate anew, however many there are.
 */
final class LocalCertificates implements CertificateSource {

    private static final List<HostName> MACHINE =
            List.of(HostName.of("localhost"), HostName.of("127.0.0.1"), HostName.of("::1"));
    private static final int HOSTS_IN_ONE = 60;
    private static final Duration RENEW_BEFORE = Duration.ofDays(30);

    private final LocalAuthority authority;
    private final KeptLeaf kept;
    private final Path certificate;
    private final InstantSource clock;
    private final List<Group> groups = new ArrayList<>(List.of(new Group()));

    LocalCertificates(
            LocalAuthority authority, KeptLeaf kept, Path certificate, InstantSource clock) {
        this.authority = authority;
        this.kept = kept;
        this.certificate = certificate;
        this.clock = clock;
    }

    /** Hosts that share a certificate; none is issued yet, or no longer fits, where it is null. */
    private static final class Group {
        private final Set<HostName> hosts = new LinkedHashSet<>();
        private @Nullable Identity identity;

        boolean hasRoom() {
            return hosts.size() < HOSTS_IN_ONE;
        }

        void add(HostName host) {
            hosts.add(host);
            identity = null;
        }

        void retain(Set<HostName> wanted) {
            if (hosts.retainAll(wanted)) {
                identity = null;
            }
        }
    }

    @Override
    public SwappableKeys.Served serve(List<HostName> wanted) {
        Set<HostName> others = new LinkedHashSet<>(wanted);
        MACHINE.forEach(others::remove);
        groups.forEach(group -> group.retain(others));
        groups.removeIf(group -> group.hosts.isEmpty() && group != groups.getFirst());
        Set<HostName> known = new HashSet<>();
        groups.forEach(group -> known.addAll(group.hosts));
        for (HostName host : others) {
            if (!known.contains(host)) {
                groupWithRoom().add(host);
            }
        }
        return renew();
    }

    @Override
    public SwappableKeys.Served renew() {
        Map<String, Identity> byHost = new HashMap<>();
        for (Group group : groups) {
            Identity identity = identity(group);
            group.hosts.forEach(host -> byHost.put(host.text(), identity));
        }
        return new SwappableKeys.Served(Map.copyOf(byHost), identity(groups.getFirst()));
    }

    @Override
    public Optional<Path> caCertificate() {
        return Optional.of(certificate);
    }

    private Group groupWithRoom() {
        for (Group group : groups) {
            if (group.hasRoom()) {
                return group;
            }
        }
        Group another = new Group();
        groups.add(another);
        return another;
    }

    private Identity identity(Group group) {
        Instant now = clock.instant();
        Instant until = now.plus(RENEW_BEFORE);
        Identity known = group.identity;
        if (known != null && known.expires().isAfter(until)) {
            return known;
        }
        Set<HostName> named = new LinkedHashSet<>(MACHINE);
        named.addAll(group.hosts);
        Identity found =
                group == groups.getFirst() ? first(named, now, until) : authority.issue(named);
        group.identity = found;
        return found;
    }

    private Identity first(Set<HostName> named, Instant now, Instant until) {
        return kept.find(named, now, until)
                .orElseGet(
                        () -> {
                            Identity fresh = authority.issue(named);
                            kept.keep(fresh);
                            return fresh;
                        });
    }
}
