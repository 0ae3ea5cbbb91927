package dev.ostiary.platform.query;

import dev.ostiary.platform.store.Sql;

/** A searchable text that has a column of its own beside the document. */
record HotText(Column column, Documents documents) implements Rendering {

    @Override
    public Sql compare(Operator operator, Literal literal) {
        Sql exact = column.compare(operator, literal);
        boolean inside = operator == Operator.CO || operator == Operator.EW;
        return inside && literal instanceof Literal.Text(String text)
                ? Words.narrowing(documents.words(), operator, CaseFold.fold(text), exact)
                : exact;
    }

    @Override
    public Sql present() {
        return column.present();
    }

    @Override
    public SortValue sortValue() {
        return column.sortValue();
    }
}
