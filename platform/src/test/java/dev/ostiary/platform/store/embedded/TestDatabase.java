package dev.ostiary.platform.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A real, empty database for each test class: {@code @ExtendWith(TestDatabase.class)}, then take a
 * {@link DatabaseAccess} as a parameter of the constructor, of {@code @BeforeAll}, or of a test.
 *
 * <p>One PostgreSQL runs for the whole test process, without durability; its programs are unpacked
 * once into the module's {@code target/postgres}.
 */
public final class TestDatabase implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(TestDatabase.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == DatabaseAccess.class;
    }

    @Override
    public DatabaseAccess resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared =
                context.getRoot()
                        .getStore(NAMESPACE)
                        .computeIfAbsent(Shared.class, key -> Shared.start(), Shared.class);
        Class<?> testClass = context.getRequiredTestClass();
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(testClass, key -> shared.fresh(), DatabaseAccess.class);
    }

    private record Shared(
            Path home, DataDirectory data, EmbeddedPostgres postgres, AtomicInteger count)
            implements AutoCloseable {

        static Shared start() {
            try {
                Path home = Files.createTempDirectory("ostiary-test-database-");
                DataDirectory data = DataDirectory.open(home);
                EmbeddedPostgres postgres =
                        EmbeddedPostgres.start(
                                data,
                                Binaries.in(Path.of("target", "postgres")),
                                Settings.FORGETFUL,
                                Starter.here(),
                                new SecureRandom());
                return new Shared(home, data, postgres, new AtomicInteger());
            } catch (IOException e) {
                throw new IllegalStateException("no place for the test database", e);
            }
        }

        DatabaseAccess fresh() {
            String name = "test_" + count.incrementAndGet();
            try (Connection connection = postgres.roles().superuser()) {
                postgres.roles().createDatabase(connection, name);
                return postgres.access().onDatabase(name);
            } catch (SQLException e) {
                throw new IllegalStateException("no test database " + name, e);
            }
        }

        @Override
        public void close() throws IOException {
            postgres.close();
            data.close();
            Binaries.deleteTree(home);
        }
    }
}
