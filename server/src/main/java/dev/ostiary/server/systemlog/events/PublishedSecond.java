package dev.ostiary.server.systemlog.events;

import dev.ostiary.platform.query.Column;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Literal;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.platform.query.Rendering;
import dev.ostiary.platform.query.SortValue;
import dev.ostiary.platform.store.Sql;

/**
 * {@code published} as the Events API shows it: cut to the second. A bound on the column itself
 * goes along where there is one, for its index.
 */
record PublishedSecond() implements Rendering {

    private static final Column SECOND =
            new Column("date_trunc('second', system_log.published)", Kind.INSTANT, false);

    @Override
    public Sql compare(Operator operator, Literal literal) {
        Sql second = SECOND.compare(operator, literal);
        return switch (operator) {
            case EQ, GT, GE ->
                    literal instanceof Literal.Moment moment
                            ? Sql.of("system_log.published >= ? AND", moment.value()).then(second)
                            : second;
            case NE, LT, LE, SW, CO, EW, PR -> second;
        };
    }

    @Override
    public Sql present() {
        return SECOND.present();
    }

    @Override
    public SortValue sortValue() {
        return SECOND.sortValue();
    }
}
