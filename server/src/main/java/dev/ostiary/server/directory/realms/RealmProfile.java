package dev.ostiary.server.directory.realms;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a realm. Immutable.
 *
 * @param name unique in the org, in any case
 * @param type what it is for
 * @param domains of which users' logins and mail addresses have to be; none where any will do
 */
public record RealmProfile(String name, RealmType type, List<String> domains) {

    private static final int LONGEST = 255;
    private static final int MOST_DOMAINS = 500;

    /** Realms API, Realm profile, {@code domains}; nothing of an address beside them. */
    private static final String NOT_IN_DOMAINS = "!$%^&()=*+,:;<>'[]|/?\\@";

    static final Shape<RealmProfile> SHAPE = shape();

    public RealmProfile {
        domains = List.copyOf(domains);
    }

    private static Shape<RealmProfile> shape() {
        Shape.Builder<RealmProfile> shape = Shape.of("profile");
        Field<RealmProfile, String> name =
                shape.name("name", LONGEST, RealmProfile::name).required();
        Field<RealmProfile, String> type =
                shape.field("realmType", Type.TEXT, profile -> profile.type().name())
                        .always()
                        .must(text -> type(text).isPresent(), "must be one of [PARTNER, DEFAULT]");
        Field<RealmProfile, List<String>> domains =
                shape.field("domains", Type.list(Type.TEXT), RealmProfile::domainsOrNull)
                        .must(
                                RealmProfile::areDomains,
                                "must be at most 500 names of domains, without spaces and any of "
                                        + NOT_IN_DOMAINS);
        return shape.build(
                in ->
                        new RealmProfile(
                                in.get(name),
                                in.find(type).flatMap(RealmProfile::type).orElse(RealmType.DEFAULT),
                                in.find(domains).orElse(List.of()).stream().distinct().toList()));
    }

    private static Optional<RealmType> type(String text) {
        return Arrays.stream(RealmType.values())
                .filter(known -> known.name().equals(text))
                .findFirst();
    }

    private @Nullable List<String> domainsOrNull() {
        return domains.isEmpty() ? null : domains;
    }

    private static boolean areDomains(List<String> domains) {
        return domains.size() <= MOST_DOMAINS && domains.stream().allMatch(RealmProfile::isDomain);
    }

    private static boolean isDomain(String text) {
        return !text.isEmpty()
                && isShort(text)
                && text.codePoints()
                        .noneMatch(
                                c ->
                                        c <= ' '
                                                || Character.isWhitespace(c)
                                                || NOT_IN_DOMAINS.indexOf(c) >= 0);
    }

    private static boolean isShort(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST;
    }

    /** Whether a user of the realm may have this login or mail address. */
    public boolean admits(@Nullable String address) {
        if (domains.isEmpty()) {
            return true;
        }
        int at = address == null ? -1 : address.lastIndexOf('@');
        String domain = at < 0 || address == null ? "" : address.substring(at + 1);
        return domains.stream().anyMatch(domain::equalsIgnoreCase);
    }
}
