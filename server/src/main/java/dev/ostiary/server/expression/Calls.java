package dev.ostiary.server.expression;

import dev.ostiary.server.expression.Checker.Typed;
import dev.ostiary.server.expression.Signature.Want;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the function that a call means, and judges what it is called with. */
final class Calls {

    private static final Set<String> INTERNAL_PROPERTIES = Set.of("id", "status");

    private final Scope scope;
    private final Checker checker;
    private final Set<Function> called = new HashSet<>();

    Calls(Scope scope, Checker checker) {
        this.scope = scope;
        this.checker = checker;
    }

    Set<Function> called() {
        return called;
    }

    Typed check(Syntax.Call call) throws InvalidExpression {
        if (call.of().isEmpty()) {
            return named(call.name(), call);
        }
        Syntax of = call.of().get();
        if (of instanceof Syntax.Name(String place, _) && !scope.variables().containsKey(place)) {
            return named(place + "." + call.name(), call);
        }
        Typed receiver = checker.check(of);
        Optional<Function> function =
                receiver.type() == Type.Simple.NOTHING
                        ? Optional.empty()
                        : Library.ALL.method(receiver.type(), call.name());
        if (function.isEmpty()) {
            throw new InvalidExpression(
                    "%s has no function %s, at position %d"
                            .formatted(
                                    receiver.type().title(), Checker.cut(call.name()), call.at()));
        }
        return invocation(function.get(), call, Optional.of(receiver));
    }

    private Typed named(String name, Syntax.Call call) throws InvalidExpression {
        Function function =
                Library.ALL
                        .named(name)
                        .orElseThrow(
                                () ->
                                        new InvalidExpression(
                                                "Unknown function %s at position %d"
                                                        .formatted(Checker.cut(name), call.at())));
        return invocation(function, call, Optional.empty());
    }

    private Typed invocation(Function function, Syntax.Call call, Optional<Typed> receiver)
            throws InvalidExpression {
        String name = function.spelling().shown();
        if (!scope.families().contains(function.family())) {
            throw new InvalidExpression(
                    "The function %s is not allowed in %s".formatted(name, scope.place()));
        }
        List<Node> nodes = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        receiver.ifPresent(
                typed -> {
                    nodes.add(typed.node());
                    types.add(typed.type());
                });
        Signature signature = function.signature();
        if (!signature.takes(types.size() + call.arguments().size())) {
            throw new InvalidExpression(
                    "The function %s cannot be called with %d arguments, at position %d."
                                    .formatted(name, call.arguments().size(), call.at())
                            + " Expected: "
                            + signature.shown());
        }
        for (Syntax argument : call.arguments()) {
            Typed typed = checker.check(argument);
            Want want = signature.want(types.size());
            if (!want.takes(typed.type())) {
                throw new InvalidExpression(
                        "Parameter %d of the function %s is %s at position %d. Expected: %s"
                                .formatted(
                                        types.size() + 1,
                                        name,
                                        typed.type().title(),
                                        argument.at(),
                                        want.title()));
            }
            nodes.add(typed.node());
            types.add(typed.type());
        }
        called.add(function);
        Type result = signature.result().apply(types);
        if (function == GroupFunction.IS_MEMBER_OF_GROUP_NAME_REGEX) {
            return new Typed(
                    new Node.GroupNameMatch(Checker.pattern(call.arguments().getFirst())), result);
        }
        if (function == PersonFunction.GET_INTERNAL_PROPERTY) {
            requireInternal(call.arguments().getFirst());
        }
        return new Typed(new Node.Invocation(function, List.copyOf(nodes)), result);
    }

    private static void requireInternal(Syntax argument) throws InvalidExpression {
        if (!(argument instanceof Syntax.Literal(Value.Text(String name), _, _))
                || !INTERNAL_PROPERTIES.contains(name)) {
            throw new InvalidExpression(
                    "Invalid internal property at position %d. Expected: \"id\" or \"status\""
                            .formatted(argument.at()));
        }
    }
}
