package dev.ostiary.conformance.harness;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.StoreScope;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test class the process's one server and an org of its own, as constructor parameters of
 * type {@link Server} and {@link Org}. The server starts with the first class that asks and stops
 * with the process that runs the suites, of which there may be several beside each other. It may
 * call {@linkplain HookReceiver receivers} of hooks.
 */
public final class SuiteServer implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(SuiteServer.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Server.class || type == Org.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ExtensionContext.Store store = context.getStore(StoreScope.LAUNCHER_SESSION, NAMESPACE);
        Server server =
                store.computeIfAbsent(
                        Server.class, key -> Server.start(HookReceiver.options()), Server.class);
        return parameter.getParameter().getType() == Server.class
                ? server
                : store.computeIfAbsent(
                        context.getRequiredTestClass(), key -> server.newOrg(), Org.class);
    }
}
