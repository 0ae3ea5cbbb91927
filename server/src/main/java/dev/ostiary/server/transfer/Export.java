package dev.ostiary.server.transfer;

import dev.ostiary.platform.access.Caller;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Json;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.Page.LinkPolicy;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.server.directory.groups.GroupExport;
import dev.ostiary.server.directory.memberships.Membership;
import dev.ostiary.server.directory.memberships.Memberships;
import dev.ostiary.server.directory.users.UserExport;
import dev.ostiary.server.directory.users.UserImport;
import dev.ostiary.server.directory.usertypes.UserTypeNames;
import dev.ostiary.server.transfer.ExportCursor.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * {@code /ostiary/v1/export}: groups, users and memberships of an org, as lines that an import into
 * another one reads; page after page, each after the {@code next} of the one before. Thread-safe.
 *
 * <p>Hashes of passwords are for the operator alone, who owns the data anyway: an API token that
 * leaks must not let anybody guess at everybody's password. The log tells of every page of them.
 */
public final class Export implements Family {

    private static final Limits LIMITS = Limits.refusing(1000, 2000);

    private final Database database;
    private final EventCatalogue events;
    private final Memberships memberships;
    private final UserImport known;
    private final UserTypeNames types = new UserTypeNames();
    private final UserExport users = new UserExport();
    private final GroupExport groups = new GroupExport();

    /** Exports of this directory. */
    public Export(Database database, Destination directory) {
        this.database = database;
        this.events = directory.events();
        this.memberships = directory.memberships();
        this.known = directory.users();
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("exportOstiaryDirectory", this::export).answersAs(BulkImports.NDJSON));
    }

    private Reply export(Request request) {
        Org org = request.org();
        PageRequest asked = PageRequest.forward(request.parameters(), LIMITS);
        ExportCursor cursor = ExportCursor.read(asked.after());
        boolean passwords = request.query().flag("passwords", false);
        if (passwords) {
            requireOperator(request.caller());
            tell(org, cursor);
        }
        Page<Consumer<JsonGenerator>> page =
                database.read(
                        org.number(),
                        reader -> page(reader, org, cursor, asked.limit(), passwords));
        return Reply.text(200, BulkImports.NDJSON, lines(page.items()))
                .with(request.links(page, asked.limit(), LinkPolicy.SELF));
    }

    private static void requireOperator(Caller caller) {
        boolean operator =
                switch (caller) {
                    case Caller.Operator owner -> true;
                    case Caller.Token token -> false;
                    case Caller.Session session -> false;
                    case Caller.Bearer bearer -> false;
                    case Caller.Anonymous nobody -> false;
                };
        if (!operator) {
            throw ApiException.forbidden();
        }
    }

    /** Before the hashes leave: whoever has them can guess at passwords. */
    private void tell(Org org, ExportCursor cursor) {
        if (cursor.kind() != Kind.MEMBERSHIP) {
            database.write(
                    org.number(),
                    tx -> {
                        tx.emit(
                                events.event("analytics.reports.export.download")
                                        .target(org.id(), "Org", org.name(), org.name())
                                        .debug("passwordHashes", true)
                                        .debug("after", cursor.text()));
                        return org;
                    });
        }
    }

    private static byte[] lines(List<Consumer<JsonGenerator>> lines) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Consumer<JsonGenerator> line : lines) {
            out.writeBytes(Json.bytes(line));
            out.write('\n');
        }
        return out.toByteArray();
    }

    /** As many lines as are asked for, of one kind after the other. */
    private Page<Consumer<JsonGenerator>> page(
            Reader reader, Org org, ExportCursor from, int most, boolean passwords) {
        List<Consumer<JsonGenerator>> lines = new ArrayList<>();
        Optional<ExportCursor> next = Optional.of(from);
        while (next.isPresent() && lines.size() < most) {
            ExportCursor cursor = next.get();
            int left = most - lines.size();
            Some some =
                    switch (cursor.kind()) {
                        case GROUP -> groups(reader, cursor, left);
                        case USER -> users(reader, org, cursor, left, passwords);
                        case MEMBERSHIP -> memberships(reader, org, cursor, left);
                    };
            lines.addAll(some.lines());
            next = some.next();
        }
        return new Page<>(lines, next.map(ExportCursor::text));
    }

    /** Lines of one kind, and where the next ones are. */
    private record Some(List<Consumer<JsonGenerator>> lines, Optional<ExportCursor> next) {}

    private Some groups(Reader reader, ExportCursor cursor, int most) {
        List<GroupExport.Exported> found = groups.after(reader, cursor.after(), most);
        ExportCursor next =
                found.size() < most
                        ? ExportCursor.of(Kind.USER)
                        : new ExportCursor(Kind.GROUP, found.getLast().group().id(), "");
        return new Some(
                found.stream()
                        .<Consumer<JsonGenerator>>map(each -> out -> groups.write(out, each))
                        .toList(),
                Optional.of(next));
    }

    private Some users(Reader reader, Org org, ExportCursor cursor, int most, boolean passwords) {
        List<UserExport.Exported> found = users.after(reader, cursor.after(), most, passwords);
        ExportCursor next =
                found.size() < most
                        ? ExportCursor.of(Kind.MEMBERSHIP)
                        : new ExportCursor(Kind.USER, found.getLast().id(), "");
        Map<String, String> names = types.names(reader, org);
        List<Consumer<JsonGenerator>> lines = new ArrayList<>();
        for (UserExport.Exported each : found) {
            @Nullable String typeId = each.typeId();
            @Nullable String type = typeId == null ? null : names.get(typeId);
            @Nullable String realm = known.realms(org).name(org, each.realmId()).orElse(null);
            lines.add(out -> users.write(out, each, type, realm));
        }
        return new Some(lines, Optional.of(next));
    }

    private Some memberships(Reader reader, Org org, ExportCursor cursor, int most) {
        List<Membership> found =
                memberships.after(reader, org, cursor.after(), cursor.user(), most);
        Map<String, String> names =
                groups.names(reader, found.stream().map(Membership::groupId).distinct().toList());
        Map<String, UserImport.Known> members =
                known.byId(reader, found.stream().map(Membership::userId).distinct().toList());
        List<Consumer<JsonGenerator>> lines = new ArrayList<>();
        for (Membership each : found) {
            @Nullable String group = names.get(each.groupId());
            UserImport.@Nullable Known member = members.get(each.userId());
            if (group != null && member != null) {
                lines.add(out -> write(out, member.target().alternateId(), group));
            }
        }
        Optional<ExportCursor> next =
                found.size() < most
                        ? Optional.empty()
                        : Optional.of(
                                new ExportCursor(
                                        Kind.MEMBERSHIP,
                                        found.getLast().groupId(),
                                        found.getLast().userId()));
        return new Some(lines, next);
    }

    private static void write(JsonGenerator out, @Nullable String login, String group) {
        out.writeStartObject();
        out.writeStringProperty("kind", "membership");
        out.writeStringProperty("user", login);
        out.writeStringProperty("group", group);
        out.writeEndObject();
    }
}
