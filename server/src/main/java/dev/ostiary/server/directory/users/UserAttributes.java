package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.Column;
import dev.ostiary.platform.query.Documents;
import dev.ostiary.platform.query.ExactText;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.directory.schemas.ProfileAttribute;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.SchemaSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What users are found by, as fragments over {@code user_search s} and, for {@code filter}, {@code
 * users u} beside it.
 */
final class UserAttributes {

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    /** What is no part of the profile; {@link #WHOLE} keeps it out of the words. */
    private static final Documents BESIDE = DOCUMENTS.withoutWords();

    /** Properties of a search document of whose texts nobody looks for a part. */
    static final Set<String> WHOLE = Set.of("status", "activated", "statusChanged", "type");

    /** Attributes of the profile that have an index of their own. */
    private static final List<String> HOT = List.of("login", "email", "firstName", "lastName");

    private static final Attribute CREATED = Attribute.instant("created").column("s.created");

    private static final Attribute LAST_UPDATED =
            Attribute.instant("lastUpdated").column("s.last_updated");

    private UserAttributes() {}

    /** For {@code search}: every base attribute but the realm, without regard to case. */
    private static final Attributes SEARCHED = searched();

    /** For {@code search} in an org: its own attributes too. */
    static Attributes search(SchemaSet schemas, Org org) {
        return SEARCHED.with(Attribute.of("realmId", Kind.TEXT, RealmOfUser.in(org)))
                .or(
                        "profile.*",
                        path ->
                                path.startsWith(ProfileAttribute.PROFILE)
                                        ? schemas.customOfUsers(
                                                        path.substring(
                                                                ProfileAttribute.PROFILE.length()))
                                                .map(custom -> custom.searched(DOCUMENTS))
                                        : Optional.empty());
    }

    /** For {@code filter}: a few, letter by letter. */
    static final Attributes FILTER = filter();

    private static Attributes searched() {
        List<Attribute> rows = new ArrayList<>();
        rows.add(Attribute.text("id").column("s.id"));
        rows.add(BESIDE.hotText("status", "(s.doc ->> 'status')"));
        rows.add(CREATED);
        rows.add(LAST_UPDATED);
        rows.add(BESIDE.instant("activated"));
        rows.add(BESIDE.instant("statusChanged"));
        rows.add(BESIDE.text("type.id"));
        for (ProfileAttribute attribute : ProfileSchema.USER.attributes()) {
            String path = "profile." + attribute.name();
            rows.add(
                    HOT.contains(attribute.name())
                            ? hot(path, attribute.name())
                            : DOCUMENTS.text(path));
        }
        return Attributes.of(rows.toArray(Attribute[]::new));
    }

    /** {@code co} is documented for these only. */
    private static Attribute hot(String path, String name) {
        return DOCUMENTS
                .hotText(path, folded(name))
                .documented(
                        Operator.EQ,
                        Operator.SW,
                        Operator.CO,
                        Operator.PR,
                        Operator.GT,
                        Operator.GE,
                        Operator.LT,
                        Operator.LE);
    }

    private static Attributes filter() {
        List<Attribute> rows = new ArrayList<>();
        rows.add(Attribute.text("id").column("s.id").documented(Operator.EQ));
        rows.add(exact("status", "(s.doc ->> 'status')", "u.status"));
        rows.add(
                LAST_UPDATED.documented(
                        Operator.EQ, Operator.GT, Operator.GE, Operator.LT, Operator.LE));
        for (String name : HOT) {
            rows.add(exact("profile." + name, folded(name), "(u.profile ->> '" + name + "')"));
        }
        return Attributes.of(rows.toArray(Attribute[]::new)).withoutNot();
    }

    private static Attribute exact(String path, String folded, String exact) {
        return Attribute.of(
                        path,
                        Kind.TEXT,
                        new ExactText(
                                new Column(folded, Kind.TEXT, true),
                                new Column(exact, Kind.TEXT, false)))
                .documented(Operator.EQ);
    }

    /**
     * As in the index; the name is a constant of the program. The parentheses matter: a COLLATE
     * that follows would else belong to the name.
     */
    private static String folded(String name) {
        return "(s.doc -> 'profile' ->> '" + name + "')";
    }

    /** The start of a name or mail address: what {@code q} looks for. */
    static Sql startsWith(String text) {
        List<Sql> ways = new ArrayList<>();
        for (String name : List.of("firstName", "lastName", "email", "login")) {
            ways.add(
                    new Column(folded(name), Kind.TEXT, true)
                            .compare(Operator.SW, new Literal.Text(text)));
        }
        return Sql.join(" OR ", ways).grouped();
    }
}
