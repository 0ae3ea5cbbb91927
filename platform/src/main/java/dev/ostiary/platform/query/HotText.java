package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A searchable text that has a column of its own beside the document.
 *
 * @param inside the same text in the document
 */
record HotText(Column column, DocumentAttribute inside) implements Rendering {

    @Override
    public Sql compare(Operator operator, Literal literal) {
        Sql exact = column.compare(operator, literal);
        boolean part = operator == Operator.CO || operator == Operator.EW;
        return part && literal instanceof Literal.Text(String text)
                ? Words.narrowing(inside.documents().words(), operator, CaseFold.fold(text), exact)
                : exact;
    }

    @Override
    public Sql compare(Operator operator, Literal literal, Predicate<DocumentIndex> there) {
        Optional<DocumentIndex> index =
                switch (operator) {
                    case EW -> endingIndex();
                    case CO -> partIndex();
                    case EQ, NE, SW, PR, GT, GE, LT, LE -> Optional.empty();
                };
        return index.filter(there).isPresent()
                ? inside.compare(operator, literal, there)
                : compare(operator, literal);
    }

    @Override
    public Sql present() {
        return column.present();
    }

    @Override
    public BestPlan bestPlan(Operator operator, Literal literal, Predicate<DocumentIndex> there) {
        return operator == Operator.EQ ? BestPlan.FOR_ALL : BestPlan.FOR_VALUES;
    }

    @Override
    public SortValue sortValue() {
        return column.sortValue();
    }

    @Override
    public Optional<DocumentIndex> endingIndex() {
        return inside.endingIndex();
    }

    @Override
    public Optional<DocumentIndex> partIndex() {
        return inside.partIndex();
    }
}
