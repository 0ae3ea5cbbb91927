package dev.ostiary.server.expression;

import dev.ostiary.server.expression.Facts.Relative;
import java.util.List;

/** What the functions of the user and of those beside the user give. */
final class People {

    private final Facts facts;

    People(Facts facts) {
        this.facts = facts;
    }

    Value value(PersonFunction function, List<Value> given) {
        return switch (function) {
            case GET_INTERNAL_PROPERTY -> facts.internalProperty(Values.text(given.get(1)));
            case GET_LINKED_OBJECT -> facts.linked(given.get(0), Values.text(given.get(1)));
            case GET_MANAGER_USER -> relative(Relative.MANAGER, given);
            case GET_MANAGER_APP_USER -> relative(Relative.MANAGER_APP_USER, given);
            case GET_ASSISTANT_USER -> relative(Relative.ASSISTANT, given);
            case GET_ASSISTANT_APP_USER -> relative(Relative.ASSISTANT_APP_USER, given);
            case HAS_DIRECTORY_USER -> has(Relative.DIRECTORY_USER);
            case HAS_WORKDAY_USER -> has(Relative.WORKDAY_USER);
            case FIND_DIRECTORY_USER -> relative(Relative.DIRECTORY_USER, given);
            case FIND_WORKDAY_USER -> relative(Relative.WORKDAY_USER, given);
        };
    }

    private Value relative(Relative relative, List<Value> sources) {
        return facts.relative(relative, sources.stream().map(Values::text).toList());
    }

    private Value has(Relative relative) {
        return new Value.Flag(facts.relative(relative, List.of()) != Value.NOTHING);
    }
}
