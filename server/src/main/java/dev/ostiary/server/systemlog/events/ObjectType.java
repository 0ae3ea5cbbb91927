package dev.ostiary.server.systemlog.events;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.query.Column;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Rendering;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.store.Sql;

/**
 * {@code action.objectType}. It stands inside of the body, where row-level security keeps
 * PostgreSQL from using an index; but few types of events have a given name, and the type is a
 * column. So {@code eq} asks for both.
 */
record ObjectType(EventCatalogue catalogue) implements Rendering {

    private static final Column NAME =
            new Column("system_log.body ->> 'legacyEventType'", Kind.TEXT, false);

    @Override
    public Sql compare(Operator operator, Literal literal) {
        Sql name = NAME.compare(operator, literal);
        return operator == Operator.EQ && literal instanceof Literal.Text(String text)
                ? Sql.of("system_log.event_type = ANY(?) AND", catalogue.typesOf(text)).then(name)
                : name;
    }

    @Override
    public Sql present() {
        return NAME.present();
    }

    @Override
    public SortValue sortValue() {
        return NAME.sortValue();
    }
}
