package dev.ostiary.server.orgs;

import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An org as another one orders it (schema {@code ChildOrg}).
 *
 * @param subdomain the name of its host
 * @param name what people call it
 * @param website where it is at home
 * @param edition {@code SKU}, the only one there is
 * @param admin profile and credentials of its first super administrator, not yet judged
 */
record ChildOrg(
        String subdomain, String name, @Nullable String website, String edition, ObjectNode admin) {

    static final String EDITION = "SKU";
    private static final int LONGEST_SUBDOMAIN = 57;
    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_WEBSITE = 2048;

    static final Shape<ChildOrg> SHAPE = shape();

    private static Shape<ChildOrg> shape() {
        Shape.Builder<ChildOrg> shape = Shape.of("org");
        Field<ChildOrg, String> subdomain =
                shape.field("subdomain", Type.TEXT, ChildOrg::subdomain)
                        .required()
                        .must(
                                text -> text.length() <= LONGEST_SUBDOMAIN && OrgName.isName(text),
                                "must be 1 to 57 lower-case letters, digits or hyphens, and not"
                                        + " localhost");
        Field<ChildOrg, String> name = shape.name("name", LONGEST_NAME, ChildOrg::name).required();
        Field<ChildOrg, String> website =
                shape.field("website", Type.TEXT, ChildOrg::website)
                        .must(
                                text -> text.length() <= LONGEST_WEBSITE,
                                "must be at most 2048 characters");
        Field<ChildOrg, String> edition =
                shape.field("edition", Type.TEXT, ChildOrg::edition)
                        .required()
                        .must(EDITION::equals, "must be SKU");
        Field<ChildOrg, ObjectNode> admin =
                shape.field("admin", Type.DOCUMENT, ChildOrg::admin).required().writeOnly();
        return shape.build(
                in ->
                        new ChildOrg(
                                in.get(subdomain),
                                in.get(name),
                                in.orNull(website),
                                in.get(edition),
                                in.get(admin)));
    }
}
