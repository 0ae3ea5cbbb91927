package dev.ostiary.server.transfer;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.GroupImport;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import dev.ostiary.server.directory.users.UserImport;
import dev.ostiary.server.directory.users.UserImportUpdates.Locked;
import dev.ostiary.server.transfer.ImportLine.GroupLine;
import dev.ostiary.server.transfer.ImportLine.MembershipLine;
import dev.ostiary.server.transfer.ImportLine.UserLine;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of the directory the lines of a chunk name: who and what is there already, and in a dry run
 * what earlier lines would have made. Not thread-safe.
 */
final class Standing {

    static final String LOGIN = "login";
    static final String GROUP = "group";
    static final String USER_VALUE = "userValue";
    static final String GROUP_VALUE = "groupValue";

    private final Map<String, String> userIds = new HashMap<>();
    private final Map<String, Target> targets = new HashMap<>();
    private final Map<String, GroupImport.Known> groups = new HashMap<>();
    private final Set<String> seenLogins;
    private final Set<String> seenGroups;
    private final Map<Claim, String> takenByUsers = new HashMap<>();
    private final Map<Claim, String> takenByGroups = new HashMap<>();
    private final Map<String, Locked> locked = new HashMap<>();

    private Standing(Set<String> seenLogins, Set<String> seenGroups) {
        this.seenLogins = seenLogins;
        this.seenGroups = seenGroups;
    }

    static Standing of(
            Tx tx,
            BulkImport job,
            Destination directory,
            BulkImportStore store,
            List<ImportLine> lines) {
        Named named = Named.in(lines);
        boolean dry = job.options().dryRun();
        Standing standing =
                new Standing(
                        dry ? store.seen(tx, job.id(), LOGIN, named.logins) : Set.of(),
                        dry ? store.seen(tx, job.id(), GROUP, named.folded) : Set.of());
        standing.read(tx, directory, named);
        if (job.options().existing() == BulkImport.Existing.UPDATE) {
            standing.lock(tx, directory, named);
        }
        if (dry) {
            seen(store.seen(tx, job.id(), USER_VALUE, texts(named.userValues)), named)
                    .forEach(claim -> standing.takenByUsers.putIfAbsent(claim, ""));
            seen(store.seen(tx, job.id(), GROUP_VALUE, texts(named.groupValues)), named)
                    .forEach(claim -> standing.takenByGroups.putIfAbsent(claim, ""));
        }
        return standing;
    }

    private void read(Tx tx, Destination directory, Named named) {
        directory.users().byLogin(tx, named.logins).forEach(this::add);
        directory.users().byId(tx, named.userIds).forEach(this::add);
        directory.groups().known(tx, named.groupIds, named.folded).forEach(this::add);
        takenByUsers.putAll(directory.users().taken(tx, named.userValues));
        takenByGroups.putAll(directory.groups().taken(tx, named.groupValues));
        for (String folded : seenGroups) {
            groups.putIfAbsent(
                    folded, new GroupImport.Known(new GroupRef("", folded), folded, true));
        }
        seenLogins.forEach(login -> userIds.putIfAbsent(login, ""));
    }

    private void lock(Tx tx, Destination directory, Named named) {
        List<String> ids =
                named.newLogins.stream()
                        .map(userIds::get)
                        .filter(Objects::nonNull)
                        .filter(id -> !id.isEmpty())
                        .toList();
        locked.putAll(directory.updates().lock(tx, ids));
    }

    private static Set<Claim> seen(Set<String> texts, Named named) {
        Set<Claim> seen = new HashSet<>();
        Stream.concat(named.userValues.stream(), named.groupValues.stream())
                .filter(claim -> texts.contains(text(claim)))
                .forEach(seen::add);
        return seen;
    }

    /** A claim as one text. */
    static String text(Claim claim) {
        return claim.attribute() + "\n" + claim.value();
    }

    private static List<String> texts(Set<Claim> claims) {
        return claims.stream().map(Standing::text).toList();
    }

    private void add(String reference, UserImport.Known user) {
        userIds.put(reference, user.id());
        targets.put(user.id(), user.target());
    }

    /** Somebody new, for the lines that follow. */
    void add(String loginKey, String id) {
        userIds.put(loginKey, id);
    }

    /** A group by its id and its name; also a new one, for the lines that follow. */
    void add(GroupImport.Known known) {
        groups.put(known.group().id(), known);
        if (known.open() || !groups.containsKey(known.folded())) {
            groups.put(known.folded(), known);
        }
    }

    boolean hasLogin(String loginKey) {
        return userIds.containsKey(loginKey);
    }

    boolean seenLogin(String loginKey) {
        return seenLogins.contains(loginKey);
    }

    boolean seenGroup(String folded) {
        return seenGroups.contains(folded);
    }

    /** The id of the user that a line means by login or id. */
    Optional<String> user(String reference) {
        String byId = Ids.isId(reference) ? userIds.get(reference) : null;
        return Optional.ofNullable(
                byId == null ? userIds.get(UserImport.loginKey(reference)) : byId);
    }

    /** The group of an id or of a folded name. */
    Optional<GroupImport.Known> group(String reference) {
        return Optional.ofNullable(groups.get(reference));
    }

    /** The users who were there before, by id, as events name them. */
    Map<String, Target> targets() {
        return targets;
    }

    /** The user of a login that is there, where it may be changed. */
    Optional<Locked> locked(String loginKey) {
        String id = userIds.get(loginKey);
        return id == null ? Optional.empty() : Optional.ofNullable(locked.get(id));
    }

    /** Whether a value is another's than this object's. */
    static boolean isTaken(Map<Claim, String> taken, Claim claim, String objectId) {
        String owner = taken.get(claim);
        return owner != null && !owner.equals(objectId);
    }

    Map<Claim, String> takenByUsers() {
        return takenByUsers;
    }

    Map<Claim, String> takenByGroups() {
        return takenByGroups;
    }

    /** Everything that lines refer to. */
    private static final class Named {
        private final Set<String> logins = new HashSet<>();
        private final Set<String> newLogins = new HashSet<>();
        private final Set<String> userIds = new HashSet<>();
        private final Set<String> groupIds = new HashSet<>();
        private final Set<String> folded = new HashSet<>();
        private final Set<Claim> userValues = new HashSet<>();
        private final Set<Claim> groupValues = new HashSet<>();

        static Named in(List<ImportLine> lines) {
            Named named = new Named();
            for (ImportLine line : lines) {
                switch (line) {
                    case UserLine user -> {
                        named.logins.add(user.user().loginKey());
                        named.newLogins.add(user.user().loginKey());
                        named.userValues.addAll(user.user().claims());
                        user.user().groups().forEach(named::group);
                    }
                    case GroupLine group -> {
                        named.folded.add(group.group().folded());
                        named.groupValues.addAll(group.group().claims());
                    }
                    case MembershipLine membership -> {
                        named.user(membership.user());
                        named.group(membership.group());
                    }
                }
            }
            return named;
        }

        private void user(String reference) {
            if (Ids.isId(reference)) {
                userIds.add(reference);
            }
            logins.add(UserImport.loginKey(reference));
        }

        private void group(String reference) {
            if (Ids.isId(reference)) {
                groupIds.add(reference);
            }
            folded.add(CaseFold.fold(reference));
        }
    }
}
