package dev.ostiary.server.directory.users;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.platform.query.Column;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Rendering;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.store.Sql;
import dev.ostiary.server.directory.realms.Realm;

/**
 * The realm that a search document names, where none stands for the org's default one. An index
 * finds those who are named.
 *
 * @param byDefault the folded id of the default realm
 */
record RealmOfUser(String byDefault) implements Rendering {

    private static final String STORED = "(s.doc ->> 'realmId')";

    private static final Column NAMED = new Column(STORED, Kind.TEXT, true);

    private static final Sql UNNAMED = Sql.of("(" + STORED + " COLLATE \"C\") IS NULL");

    static RealmOfUser in(Org org) {
        return new RealmOfUser(CaseFold.fold(Realm.defaultId(org)));
    }

    @Override
    public Sql compare(Operator operator, Literal literal) {
        Sql named = NAMED.compare(operator, literal);
        boolean byDefaultToo =
                literal instanceof Literal.Text(String text)
                        && holdsByDefault(operator, CaseFold.fold(text));
        if (!byDefaultToo) {
            return named;
        }
        // no document names the default realm
        return operator == Operator.EQ ? UNNAMED : named.then("OR").then(UNNAMED).grouped();
    }

    private boolean holdsByDefault(Operator operator, String text) {
        int order = byDefault.compareTo(text);
        return switch (operator) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case GT -> order > 0;
            case GE -> order >= 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case SW -> byDefault.startsWith(text);
            case CO -> byDefault.contains(text);
            case EW -> byDefault.endsWith(text);
            case PR -> true;
        };
    }

    @Override
    public Sql present() {
        return Sql.of("TRUE");
    }

    @Override
    public SortValue sortValue() {
        return new SortValue(
                Sql.of("(coalesce(" + STORED + ", ?) COLLATE \"C\")", byDefault),
                SortValue.Type.TEXT);
    }
}
