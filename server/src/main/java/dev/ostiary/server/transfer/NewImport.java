package dev.ostiary.server.transfer;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.server.transfer.BulkImport.Existing;
import dev.ostiary.server.transfer.BulkImport.Options;
import java.util.Arrays;
import java.util.Locale;

/**
 * What a client sends to begin an import.
 *
 * @param name what to call it: under this name it is found again
 * @param again whether one that is under way is forgotten
 */
record NewImport(String name, Options options, boolean again) {

    private static final int LONGEST = 255;

    static final Shape<NewImport> SHAPE = shape();

    private static Shape<NewImport> shape() {
        Shape.Builder<NewImport> shape = Shape.of("import");
        Field<NewImport, String> name =
                shape.field("name", Type.TEXT, NewImport::name)
                        .required()
                        .must(
                                text -> !text.isBlank() && text.length() <= LONGEST,
                                "must have 1 to " + LONGEST + " characters");
        Field<NewImport, Boolean> dryRun =
                shape.field("dryRun", Type.BOOLEAN, each -> each.options().dryRun());
        Field<NewImport, Boolean> texts =
                shape.field("texts", Type.BOOLEAN, each -> each.options().texts());
        Field<NewImport, String> existing =
                shape.field("existing", Type.TEXT, each -> each.options().existing().name())
                        .must(NewImport::isExisting, "must be ERROR, SKIP or UPDATE");
        Field<NewImport, Boolean> again = shape.field("again", Type.BOOLEAN, NewImport::again);
        return shape.build(
                in ->
                        new NewImport(
                                in.get(name),
                                new Options(
                                        in.find(dryRun).orElse(false),
                                        in.find(texts).orElse(false),
                                        in.find(existing)
                                                .map(NewImport::existing)
                                                .orElse(Existing.ERROR)),
                                in.find(again).orElse(false)));
    }

    private static boolean isExisting(String text) {
        return Arrays.stream(Existing.values())
                .anyMatch(each -> each.name().equals(text.toUpperCase(Locale.ROOT)));
    }

    private static Existing existing(String text) {
        return Existing.valueOf(text.toUpperCase(Locale.ROOT));
    }

    /**
     * Whether one that is under way is gone on with, rather than begun anew. Whoever does wants
     * what its maker wanted, unless it has not taken a line yet.
     *
     * @throws ApiException {@code E0000001} if the options are others
     */
    boolean goesOn(BulkImport open) {
        boolean same = options.equals(open.options());
        if (again || (open.position() == 0 && !same)) {
            return false;
        }
        if (!same) {
            throw ApiException.validation(
                    "name",
                    "name: An import of this name is under way with other options; finish it or"
                            + " delete it ("
                            + open.id()
                            + ")");
        }
        return true;
    }
}
