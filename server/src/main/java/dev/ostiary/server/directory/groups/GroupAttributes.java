package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.query.Attribute;
import dev.ostiary.platform.query.Attributes;
import dev.ostiary.platform.query.Documents;
import dev.ostiary.platform.query.Operator;
import dev.ostiary.server.directory.memberships.LastMembershipUpdated;
import java.util.Optional;

/**
 * What groups can be found and sorted by (Groups, "Filters" and "List Groups with Search"), as
 * columns of {@code group_search s}.
 */
final class GroupAttributes {

    private static final String PROFILE = "profile.";

    private static final Documents DOCUMENTS = new Documents("s.doc", "s.words");

    private static final Attribute ID = Attribute.text("id").column("s.id");
    private static final Attribute TYPE = Attribute.text("type").column("s.type");
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

    /** All, for {@code search} and {@code sortBy}: whatever a profile holds, too. */
    static final Attributes SEARCH =
            Attributes.of(
                            ID,
                            Attribute.foldedText("type").column("lower(s.type)"),
                            CREATED,
                            LAST_UPDATED,
                            LAST_MEMBERSHIP_UPDATED,
                            Attribute.text("source.id").column("s.source_id"),
                            documented(DOCUMENTS.hotText("profile.name", "s.name_folded")),
                            documented(DOCUMENTS.text("profile.description")))
                    .or("profile.*", GroupAttributes::ofProfile);

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

    private static Optional<Attribute> ofProfile(String path) {
        return path.startsWith(PROFILE) && path.length() > PROFILE.length()
                ? Optional.of(DOCUMENTS.any(path))
                : Optional.empty();
    }
}
