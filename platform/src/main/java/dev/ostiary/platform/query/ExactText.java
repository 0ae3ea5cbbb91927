package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;

/**
 * Text that counts letter by letter, found by the index of its folded copy: what is equal, or
 * begins alike, does so folded, too.
 *
 * @param folded the folded copy, which an index holds
 * @param exact the text as it stands
 */
public record ExactText(Column folded, Column exact) implements Rendering {

    @Override
    public Sql compare(Operator operator, Literal literal) {
        boolean narrows = operator == Operator.EQ || operator == Operator.SW;
        Sql condition = exact.compare(operator, literal);
        return narrows
                ? folded.compare(operator, literal).then("AND").then(condition).grouped()
                : condition;
    }

    @Override
    public Sql present() {
        return exact.present();
    }

    @Override
    public SortValue sortValue() {
        return exact.sortValue();
    }
}
