package dev.ostiary.server.expression;

import static dev.ostiary.server.expression.Signature.Want.CRITERIA;
import static dev.ostiary.server.expression.Signature.Want.LIST;
import static dev.ostiary.server.expression.Signature.Want.TEXT;
import static dev.ostiary.server.expression.Signature.Want.USER;
import static dev.ostiary.server.expression.Signature.Want.WHOLE;

import dev.ostiary.server.expression.Type.Simple;
import java.util.List;

/** "Group functions": what groups somebody is in. */
enum GroupFunction implements Function {
    IS_MEMBER_OF_GROUP_NAME(
            Spelling.of("isMemberOfGroupName"), Signature.of(Simple.BOOLEAN, TEXT), Family.GROUP),
    IS_MEMBER_OF_GROUP(
            Spelling.of("isMemberOfGroup"), Signature.of(Simple.BOOLEAN, TEXT), Family.GROUP),
    IS_MEMBER_OF_ANY_GROUP(
            Spelling.of("isMemberOfAnyGroup"),
            new Signature(List.of(TEXT, TEXT), 1, 1, _ -> Simple.BOOLEAN),
            Family.GROUP),
    IS_MEMBER_OF_GROUP_NAME_STARTS_WITH(
            Spelling.of("isMemberOfGroupNameStartsWith"),
            Signature.of(Simple.BOOLEAN, TEXT),
            Family.GROUP),
    IS_MEMBER_OF_GROUP_NAME_CONTAINS(
            Spelling.of("isMemberOfGroupNameContains"),
            Signature.of(Simple.BOOLEAN, TEXT),
            Family.GROUP),
    IS_MEMBER_OF_GROUP_NAME_REGEX(
            Spelling.of("isMemberOfGroupNameRegex"),
            Signature.of(Simple.BOOLEAN, TEXT),
            Family.GROUP),
    GET_GROUPS(
            Spelling.method(USER, "getGroups"),
            new Signature(
                    List.of(USER, CRITERIA, CRITERIA), 2, 1, _ -> new Type.ArrayOf(Group.TYPE)),
            Family.GROUP),
    IS_MEMBER_OF(
            Spelling.method(USER, "isMemberOf"),
            new Signature(List.of(USER, CRITERIA, CRITERIA), 2, 1, _ -> Simple.BOOLEAN),
            Family.GROUP),
    GET_FILTERED_GROUPS(
            Spelling.of("getFilteredGroups"),
            Signature.of(new Type.ArrayOf(Simple.TEXT), LIST, TEXT, WHOLE),
            Family.GROUP_CLAIM),
    GROUPS_CONTAINS(
            Spelling.of("Groups.contains"),
            Signature.of(new Type.ArrayOf(Simple.TEXT), TEXT, TEXT, WHOLE),
            Family.GROUP_CLAIM),
    GROUPS_STARTS_WITH(
            Spelling.of("Groups.startsWith"),
            Signature.of(new Type.ArrayOf(Simple.TEXT), TEXT, TEXT, WHOLE),
            Family.GROUP_CLAIM),
    GROUPS_ENDS_WITH(
            Spelling.of("Groups.endsWith"),
            Signature.of(new Type.ArrayOf(Simple.TEXT), TEXT, TEXT, WHOLE),
            Family.GROUP_CLAIM);

    private final Definition definition;

    GroupFunction(Spelling spelling, Signature signature, Family family) {
        this.definition = new Definition(spelling, signature, family);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
