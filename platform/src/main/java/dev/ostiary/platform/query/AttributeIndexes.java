package dev.ostiary.platform.query;

import dev.ostiary.platform.query.DocumentIndex.Shape;
import java.util.Optional;

/**
 * The indexes on demand that there can be of one attribute.
 *
 * @param path where it stands; an array of objects on the way keeps it from all of them
 * @param kind its type
 */
record AttributeIndexes(DocumentPath path, Kind kind) {

    /** Of ranges and orders of one value. */
    Optional<DocumentIndex> ofOrder() {
        return switch (kind) {
            case NUMBER -> single(Shape.NUMBERS);
            case TEXT, INSTANT -> single(Shape.TEXTS);
            case BOOLEAN, ANY, NODE -> Optional.empty();
        };
    }

    /** Of ranges, of one value or of several. */
    Optional<DocumentIndex> ofRange(Operator operator) {
        return ofEnd(operator).or(this::ofOrder);
    }

    /** Of the values of an array that decide a range. */
    Optional<DocumentIndex> ofEnd(Operator operator) {
        boolean up = reachesUp(operator);
        return switch (kind) {
            case NUMBER -> array(up ? Shape.GREATEST_NUMBERS : Shape.LEAST_NUMBERS);
            case TEXT -> array(up ? Shape.GREATEST_TEXTS : Shape.LEAST_TEXTS);
            case INSTANT, BOOLEAN, ANY, NODE -> Optional.empty();
        };
    }

    /** Whether a range has no upper bound. */
    static boolean reachesUp(Operator operator) {
        return operator == Operator.GT || operator == Operator.GE;
    }

    /** Of how texts end. */
    Optional<DocumentIndex> ofEndings() {
        return kind == Kind.TEXT ? single(Shape.ENDINGS) : Optional.empty();
    }

    /** Of what texts hold. */
    Optional<DocumentIndex> ofParts() {
        return kind == Kind.TEXT ? single(Shape.PARTS) : Optional.empty();
    }

    /** Of those that have a value. */
    Optional<DocumentIndex> ofPresence() {
        return array(Shape.SOME).or(() -> single(Shape.PRESENT));
    }

    /** Of those that have none. */
    Optional<DocumentIndex> ofAbsence() {
        return array(Shape.NONE).or(() -> single(Shape.ABSENT));
    }

    private Optional<DocumentIndex> array(Shape shape) {
        return path.several() && !path.passesArrays() ? index(shape) : Optional.empty();
    }

    private Optional<DocumentIndex> single(Shape shape) {
        return path.isSingle() ? index(shape) : Optional.empty();
    }

    private Optional<DocumentIndex> index(Shape shape) {
        return DocumentIndex.isPlain(path.place())
                ? Optional.of(new DocumentIndex(path.place(), shape))
                : Optional.empty();
    }
}
