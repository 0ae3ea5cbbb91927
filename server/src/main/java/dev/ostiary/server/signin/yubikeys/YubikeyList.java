package dev.ostiary.server.signin.yubikeys;

import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Dates;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.Direction;
import dev.ostiary.platform.query.FilterErrors;
import dev.ostiary.platform.query.Keyset;
import dev.ostiary.platform.query.Limits;
import dev.ostiary.platform.query.Page;
import dev.ostiary.platform.query.PageRequest;
import dev.ostiary.platform.query.PagingErrors;
import dev.ostiary.platform.query.SortKey;
import dev.ostiary.platform.query.Sorting;
import dev.ostiary.platform.query.SqlFilter;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import dev.ostiary.server.directory.users.UserJson;
import dev.ostiary.server.signin.yubikeys.YubikeyStore.Listed;
import dev.ostiary.server.signin.yubikeys.YubikeyToken.Holder;
import dev.ostiary.server.signin.yubikeys.YubikeyToken.Status;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lists an org's YubiKeys: all, those that a filter finds, in an order, with their holders, or as a
 * file ({@code listYubikeyOtpTokens}). Thread-safe.
 */
final class YubikeyList {

    private static final Limits LIMITS = Limits.refusing(20, 200);
    private static final Limits DOWNLOADED = Limits.refusing(1000, 1000);
    private static final SortKey BY_ID = SortKey.id("t.id", Direction.ASC);

    /** Schema of the parameters {@code filter} and {@code sortBy}. */
    private static final Attributes ATTRIBUTES =
            Attributes.of(
                    Attribute.text("profile.serial").column("t.serial"),
                    Attribute.foldedText("profile.email").column(YubikeyStore.EMAIL),
                    Attribute.text("user.id").column(YubikeyStore.HOLDER),
                    Attribute.text("status").column(YubikeyStore.STATUS),
                    Attribute.instant("activated").column("t.activated"),
                    Attribute.instant("created").column("t.created"),
                    Attribute.instant("lastVerified").column("t.last_verified"));

    private final Database database;
    private final YubikeyStore store;
    private final UserDirectory users = new UserDirectory();

    YubikeyList(Database database, YubikeyStore store) {
        this.database = database;
        this.store = store;
    }

    /** A page, and the users who have the keys on it. */
    private record Shown(Page<YubikeyToken> page, Map<String, User> holders) {

        Optional<User> holder(YubikeyToken token) {
            return token.holder().map(Holder::userId).map(holders::get);
        }
    }

    Reply list(Request request) {
        boolean file = request.query().flag("forDownload", false);
        boolean withUser = expandsUser(request);
        PageRequest asked = PageRequest.forward(request.parameters(), file ? DOWNLOADED : LIMITS);
        Shown shown = shown(request, asked, withUser || file);
        Reply reply =
                file
                        ? Reply.text(200, "text/csv", csv(shown).getBytes(StandardCharsets.UTF_8))
                                .with(
                                        "Content-Disposition",
                                        "attachment; filename=\"yubikeys.csv\"")
                        : Reply.list(
                                shown.page().items(),
                                (token, out) ->
                                        token.write(
                                                out,
                                                request.baseUrl(),
                                                withUser ? shown.holder(token) : Optional.empty(),
                                                UserJson.inList(request.baseUrl(), request.org())));
        return reply.with(request.links(shown.page(), asked.limit(), Page.LinkPolicy.SELF));
    }

    private static boolean expandsUser(Request request) {
        Optional<String> expand = request.query().text("expand");
        if (expand.isPresent() && !expand.get().equals("user")) {
            throw ApiException.validation("RequestParams", "Expand query is malformed.");
        }
        return expand.isPresent();
    }

    private Shown shown(Request request, PageRequest asked, boolean withUsers) {
        SqlFilter filter =
                new SqlFilter(ATTRIBUTES, FilterErrors.SEARCH, request.org().settings().strict());
        Sql condition = request.query().text("filter").map(filter::where).orElse(Sql.of("TRUE"));
        Optional<SortKey> sort = Sorting.of(request.parameters(), ATTRIBUTES, FilterErrors.SEARCH);
        Keyset keyset =
                sort.map(key -> Keyset.of(List.of(key, BY_ID), PagingErrors.SEARCH))
                        .orElseGet(() -> Keyset.byId(BY_ID, PagingErrors.PAGING));
        int keys = sort.isPresent() ? 2 : 1;
        return database.read(
                request.org().number(),
                reader -> {
                    Page<YubikeyToken> page =
                            keyset.page(
                                            asked,
                                            (beyond, order, most) ->
                                                    store.page(
                                                            reader,
                                                            new YubikeyStore.Wanted(
                                                                    keyset.selection(),
                                                                    keys,
                                                                    condition,
                                                                    beyond,
                                                                    order,
                                                                    most)),
                                            Listed::place)
                                    .map(Listed::token);
                    List<String> ids =
                            page.items().stream()
                                    .filter(token -> token.status() == Status.ACTIVE)
                                    .flatMap(token -> token.holder().stream())
                                    .map(Holder::userId)
                                    .distinct()
                                    .toList();
                    List<User> holders =
                            withUsers && !ids.isEmpty() ? users.byIds(reader, ids) : List.of();
                    return new Shown(
                            page,
                            holders.stream()
                                    .collect(Collectors.toMap(User::id, Function.identity())));
                });
    }

    private static String csv(Shown shown) {
        Stream<String> lines =
                shown.page().items().stream()
                        .map(
                                token ->
                                        line(
                                                token.serial(),
                                                token.status().name(),
                                                shown.holder(token).map(User::login).orElse(""),
                                                date(Optional.of(token.created())),
                                                date(token.activated()),
                                                date(Optional.of(token.lastVerified()))));
        return Stream.concat(
                        Stream.of(
                                line(
                                        "Serial",
                                        "Status",
                                        "User",
                                        "Created",
                                        "Activated",
                                        "Last verified")),
                        lines)
                .collect(Collectors.joining());
    }

    private static String date(Optional<Instant> moment) {
        return moment.map(Dates::text).orElse("");
    }

    /** RFC 4180; no value begins like a formula of a spreadsheet. */
    private static String line(String... values) {
        return Stream.of(values)
                        .map(value -> value.matches("(?s)[=+\\-@\t\r].*") ? "'" + value : value)
                        .map(value -> "\"" + value.replace("\"", "\"\"") + "\"")
                        .collect(Collectors.joining(","))
                + "\r\n";
    }
}
