package dev.ostiary.server.transfer;

import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.org.Ids;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.directory.groups.GroupImport;
import dev.ostiary.server.directory.groups.ImportedGroup;
import dev.ostiary.server.directory.memberships.GroupRef;
import dev.ostiary.server.directory.memberships.Membership;
import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import dev.ostiary.server.directory.users.ImportedUser;
import dev.ostiary.server.directory.users.UserImport.Hashed;
import dev.ostiary.server.directory.users.UserImport.Newcomer;
import dev.ostiary.server.directory.users.UserImportUpdates.Locked;
import dev.ostiary.server.transfer.ImportLine.GroupLine;
import dev.ostiary.server.transfer.ImportLine.MembershipLine;
import dev.ostiary.server.transfer.ImportLine.UserLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The lines of a chunk held against the directory, and against each other in their order: what is
 * to be written, and what is wrong. Everything is looked up by a handful of statements, however
 * many lines there are. Not thread-safe; lives as long as its transaction.
 */
final class ImportPlan {

    private static final String TAKEN =
            "An object with this field already exists in the current organization";

    private final Org org;
    private final BulkImport job;
    private final Destination directory;
    private final Standing standing;
    private final Instant now;
    private final List<ImportProblem> problems = new ArrayList<>();
    private final Map<String, Long> lineOfLogin = new HashMap<>();
    private final Map<String, Long> lineOfGroup = new HashMap<>();
    private final Map<Claim, Long> lineOfValue = new HashMap<>();
    private final Map<Claim, Long> lineOfGroupValue = new HashMap<>();
    private final List<Newcomer> users = new ArrayList<>();
    private final Map<GroupImport.Known, ImportedGroup> groups = new LinkedHashMap<>();
    private final List<Update> updates = new ArrayList<>();
    private final Map<GroupImport.Known, ImportedGroup> groupUpdates = new LinkedHashMap<>();
    private final Map<Membership, GroupRef> memberships = new LinkedHashMap<>();
    private final Map<String, Target> targets = new HashMap<>();
    private final Set<String> touched = new LinkedHashSet<>();
    private int skipped;
    private int updated;

    /** A user who is there already, and what it becomes. */
    private record Update(Locked present, ImportedUser user, Hashed hashed) {}

    ImportPlan(
            Tx tx,
            Org org,
            BulkImport job,
            Destination directory,
            BulkImportStore store,
            List<ImportLine> lines,
            Instant now) {
        this.org = org;
        this.job = job;
        this.directory = directory;
        this.now = now;
        this.standing = Standing.of(tx, job, directory, store, lines);
        lines.forEach(this::take);
    }

    private void take(ImportLine line) {
        switch (line) {
            case UserLine user -> user(user);
            case GroupLine group -> group(group);
            case MembershipLine membership -> membership(membership);
        }
    }

    private void user(UserLine line) {
        ImportedUser user = line.user();
        List<String> causes = new ArrayList<>();
        Long before = lineOfLogin.putIfAbsent(user.loginKey(), line.number());
        Optional<Locked> present = Optional.empty();
        if (before != null) {
            causes.add("login: Line " + before + " has the same login");
        } else if (standing.seenLogin(user.loginKey())) {
            causes.add("login: An earlier line has the same login");
        } else if (standing.hasLogin(user.loginKey())) {
            switch (job.options().existing()) {
                case SKIP -> {
                    skipped++;
                    return;
                }
                case ERROR -> causes.add("login: " + TAKEN);
                case UPDATE -> present = standing.locked(user.loginKey());
            }
        }
        present.ifPresent(locked -> causes.addAll(directory.updates().causes(locked, user)));
        String id =
                present.isPresent()
                        ? standing.user(user.loginKey()).orElseThrow()
                        : line.newcomer().id();
        values(user.claims(), lineOfValue, standing.takenByUsers(), id, line.number(), causes);
        List<GroupRef> joined = new ArrayList<>();
        for (String reference : user.groups()) {
            group(reference, causes).ifPresent(joined::add);
        }
        if (!causes.isEmpty()) {
            problems.add(ImportProblem.of(line.number(), causes));
            return;
        }
        if (present.isPresent()) {
            updates.add(new Update(present.get(), user, line.newcomer().hashed()));
        } else {
            users.add(line.newcomer());
            standing.add(user.loginKey(), id);
        }
        touched.add(id);
        joined.forEach(group -> memberships.put(new Membership(group.id(), id), group));
    }

    private void group(GroupLine line) {
        ImportedGroup group = line.group();
        List<String> causes = new ArrayList<>();
        Long before = lineOfGroup.putIfAbsent(group.folded(), line.number());
        Optional<GroupImport.Known> present = Optional.empty();
        if (before != null) {
            causes.add("name: Line " + before + " has the same name");
        } else if (standing.seenGroup(group.folded())) {
            causes.add("name: An earlier line has the same name");
        } else if (standing.group(group.folded()).isPresent()) {
            switch (job.options().existing()) {
                case SKIP -> {
                    skipped++;
                    return;
                }
                case ERROR -> causes.add("name: " + TAKEN);
                case UPDATE -> present = standing.group(group.folded());
            }
        }
        if (present.isPresent() && !present.get().open()) {
            causes.add("name: The group is not managed here");
        }
        GroupImport.Known known =
                present.orElseGet(() -> directory.groups().begin(org, group, now));
        String id = known.group().id();
        values(
                group.claims(),
                lineOfGroupValue,
                standing.takenByGroups(),
                id,
                line.number(),
                causes);
        if (!causes.isEmpty()) {
            problems.add(ImportProblem.of(line.number(), causes));
        } else if (present.isPresent()) {
            groupUpdates.put(known, group);
        } else {
            groups.put(known, group);
            standing.add(known);
        }
    }

    private static void values(
            List<Claim> claims,
            Map<Claim, Long> lines,
            Map<Claim, String> taken,
            String objectId,
            long number,
            List<String> causes) {
        for (Claim claim : claims) {
            Long before = lines.putIfAbsent(claim, number);
            if (before != null) {
                causes.add(claim.attribute() + ": Line " + before + " has the same value");
            } else if (Standing.isTaken(taken, claim, objectId)) {
                causes.add(claim.attribute() + ": " + TAKEN);
            }
        }
    }

    private void membership(MembershipLine line) {
        List<String> causes = new ArrayList<>();
        Optional<String> user = standing.user(line.user());
        if (user.isEmpty()) {
            causes.add("user: The user '" + line.user() + "' does not exist");
        }
        Optional<GroupRef> group = group(line.group(), causes);
        if (user.isEmpty() || group.isEmpty()) {
            problems.add(ImportProblem.of(line.number(), causes));
            return;
        }
        touched.add(user.get());
        memberships.put(new Membership(group.get().id(), user.get()), group.get());
    }

    private Optional<GroupRef> group(String reference, List<String> causes) {
        Optional<GroupImport.Known> known =
                (Ids.isId(reference)
                                ? standing.group(reference)
                                : Optional.<GroupImport.Known>empty())
                        .or(() -> standing.group(CaseFold.fold(reference)));
        if (known.isEmpty()) {
            causes.add("group: The group '" + reference + "' does not exist");
            return Optional.empty();
        }
        if (!known.get().open()) {
            causes.add("group: The members of '" + reference + "' are not managed here");
            return Optional.empty();
        }
        return known.map(GroupImport.Known::group);
    }

    /** What is wrong, in the order of the lines. */
    List<ImportProblem> problems() {
        return problems;
    }

    /** Remembers what would be written, for the lines that follow. */
    void rehearse(Tx tx, BulkImportStore store) {
        updated = updates.size() + groupUpdates.size();
        new DryRun(tx, store, job.id())
                .remember(
                        users.stream().map(Newcomer::imported).toList(),
                        List.copyOf(groups.values()));
    }

    /** Writes it all, with its events. */
    BulkImport.Counts write(Tx tx) {
        groups.forEach(
                (known, group) -> directory.groups().insert(tx, org, known, group, job.id(), now));
        update(tx);
        standing.targets().forEach(targets::put);
        directory.users().insert(tx, org, users, job.id(), now).forEach(targets::put);
        List<Membership> joined =
                directory.memberships().addAll(tx, org, List.copyOf(memberships.keySet()));
        for (Membership membership : joined) {
            tx.emit(
                    directory
                            .events()
                            .event("group.user_membership.add")
                            .target(Objects.requireNonNull(targets.get(membership.userId())))
                            .target(Objects.requireNonNull(memberships.get(membership)).target())
                            .debug("importId", job.id()));
        }
        directory.watch().imported(tx, org, touched);
        if (!groupUpdates.isEmpty()) {
            directory.watch().renamed(tx, org);
        }
        return counts(joined.size());
    }

    private void update(Tx tx) {
        for (Map.Entry<GroupImport.Known, ImportedGroup> each : groupUpdates.entrySet()) {
            boolean changed =
                    directory
                            .groups()
                            .update(tx, org, each.getKey(), each.getValue(), job.id(), now);
            updated += changed ? 1 : 0;
        }
        for (Update each : updates) {
            boolean changed =
                    directory
                            .updates()
                            .update(tx, org, each.present(), each.user(), each.hashed(), now);
            updated += changed ? 1 : 0;
        }
        skipped += groupUpdates.size() + updates.size() - updated;
    }

    /** What was written, or would have been. */
    BulkImport.Counts counts(int joined) {
        return new BulkImport.Counts(users.size(), groups.size(), joined, updated, skipped, 0);
    }

    /** How many memberships there would be at most. */
    int memberships() {
        return memberships.size();
    }
}
