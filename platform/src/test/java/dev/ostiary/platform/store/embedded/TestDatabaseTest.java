package dev.ostiary.platform.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
class TestDatabaseTest {

    private final DatabaseAccess access;

    TestDatabaseTest(DatabaseAccess access) {
        this.access = access;
    }

    @Test
    @DisplayName("a test class gets a database of its own, with the roles of the real one")
    void ownDatabase(DatabaseAccess again) throws Exception {
        assertThat(again).isEqualTo(access);
        Query.keep(access, "mine");
        assertThat(Query.ask(access, access.app(), "SELECT current_user")).isEqualTo("ostiary_app");
        assertThat(Query.ask(access, access.app(), "SELECT current_database()"))
                .isEqualTo(access.database());
    }
}
