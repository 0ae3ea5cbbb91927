package dev.ostiary.server.expression;

import static dev.ostiary.server.expression.Signature.Want.TEXT;
import static dev.ostiary.server.expression.Signature.Want.USER;

import dev.ostiary.server.expression.Type.Simple;
import java.util.Map;

/**
 * Functions of a user and of those that stand beside one: "Okta user ID and status", "Linked object
 * function", "Manager/assistant functions", "Directory and Workday functions".
 */
enum PersonFunction implements Function {
    GET_INTERNAL_PROPERTY(
            Spelling.method(USER, "getInternalProperty"),
            Signature.of(Simple.TEXT, USER, TEXT),
            Family.USER),
    GET_LINKED_OBJECT(
            Spelling.method(USER, "getLinkedObject"),
            Signature.of(Simple.ANY, USER, TEXT).giving(user -> user),
            Family.LINKED_OBJECT),
    GET_MANAGER_USER(
            Spelling.of("getManagerUser"),
            Signature.of(new Type.Thing("User", Map.of(), true), TEXT),
            Family.RELATIVE),
    GET_MANAGER_APP_USER(
            Spelling.of("getManagerAppUser"),
            Signature.of(new Type.Thing("User", Map.of(), true), TEXT, TEXT),
            Family.RELATIVE),
    GET_ASSISTANT_USER(
            Spelling.of("getAssistantUser"),
            Signature.of(new Type.Thing("User", Map.of(), true), TEXT),
            Family.RELATIVE),
    GET_ASSISTANT_APP_USER(
            Spelling.of("getAssistantAppUser"),
            Signature.of(new Type.Thing("User", Map.of(), true), TEXT, TEXT),
            Family.RELATIVE),
    HAS_DIRECTORY_USER(
            Spelling.of("hasDirectoryUser"), Signature.of(Simple.BOOLEAN), Family.DIRECTORY),
    HAS_WORKDAY_USER(Spelling.of("hasWorkdayUser"), Signature.of(Simple.BOOLEAN), Family.DIRECTORY),
    FIND_DIRECTORY_USER(
            Spelling.of("findDirectoryUser"),
            Signature.of(new Type.Thing("User", Map.of(), true)),
            Family.DIRECTORY),
    FIND_WORKDAY_USER(
            Spelling.of("findWorkdayUser"),
            Signature.of(new Type.Thing("User", Map.of(), true)),
            Family.DIRECTORY);

    private final Definition definition;

    PersonFunction(Spelling spelling, Signature signature, Family family) {
        this.definition = new Definition(spelling, signature, family);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
