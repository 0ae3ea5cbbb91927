package dev.ostiary.server.directory.groups;

import static dev.ostiary.server.directory.schemas.ProfileAttribute.PROFILE;

import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.Column;
import dev.ostiary.platform.query.Documents;
import dev.ostiary.platform.query.ExactText;
import dev.ostiary.platform.query.Kind;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.server.directory.memberships.LastMembershipUpdated;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import dev.ostiary.server.directory.schemas.SchemaSet;
import java.util.Optional;

/**
 * What groups can be found and sorted by (Groups, "Filters" and "List Groups with Search"), as
 * columns of {@code group_search s}.
 */
final class GroupAttributes {

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final Attribute ID = Attribute.text("id").column("s.id");

    /** As in its index. */
    private static final Column TYPE_FOLDED = new Column("lower(s.type)", Kind.TEXT, true);

    private static final Attribute TYPE =
            Attribute.of(
                    "type",
                    Kind.TEXT,
                    new ExactText(TYPE_FOLDED, new Column("s.type", Kind.TEXT, false)));
    private static final Attribute CREATED = Attribute.instant("created").column("s.created");
    private static final Attribute LAST_UPDATED =
            Attribute.instant("lastUpdated").column("s.last_updated");
    private static final Attribute LAST_MEMBERSHIP_UPDATED =
            Attribute.instant("lastMembershipUpdated").column(LastMembershipUpdated.of("s"));

    /** The few that {@code filter} knows. */
    static final Attributes FILTER =
            Attributes.of(
                            ID.documented(Operator.EQ),
                            TYPE.documented(Operator.EQ),
                            LAST_UPDATED.documented(Operator.EQ, Operator.GT, Operator.LT),
                            LAST_MEMBERSHIP_UPDATED.documented(
                                    Operator.EQ, Operator.GT, Operator.LT))
                    .withoutNot();

    private static final Attributes KNOWN =
            Attributes.of(
                    ID,
                    Attribute.of("type", Kind.TEXT, TYPE_FOLDED),
                    CREATED,
                    LAST_UPDATED,
                    LAST_MEMBERSHIP_UPDATED,
                    Attribute.text("source.id").column("s.source_id"),
                    documented(DOCUMENTS.hotText("profile.name", "s.name_folded")),
                    documented(DOCUMENTS.text("profile.description")));

    /**
     * All, for {@code search} and {@code sortBy}: whatever a profile holds, too. What the schema of
     * groups has is of its type; of anything else the literal decides.
     */
    static Attributes search(SchemaSet schemas) {
        return KNOWN.or("profile.*", path -> ofProfile(schemas.ofGroups(), path));
    }

    private GroupAttributes() {}

    /** The two in which {@code co} is documented. */
    private static Attribute documented(Attribute attribute) {
        return attribute.documented(
                Operator.EQ,
                Operator.SW,
                Operator.CO,
                Operator.PR,
                Operator.GT,
                Operator.GE,
                Operator.LT,
                Operator.LE);
    }

    private static Optional<Attribute> ofProfile(ProfileSchema schema, String path) {
        if (!path.startsWith(PROFILE) || path.length() == PROFILE.length()) {
            return Optional.empty();
        }
        return schema.find(path.substring(PROFILE.length()))
                .map(attribute -> attribute.searched(DOCUMENTS))
                .or(() -> Optional.of(DOCUMENTS.any(path)));
    }
}
