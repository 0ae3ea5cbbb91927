package dev.ostiary.server.oauth.consents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.embedded.DatabaseAccess;
import dev.ostiary.platform.store.embedded.TestDatabase;
import dev.ostiary.server.directory.TestDirectory;
import dev.ostiary.server.fixture.AtOnce;
import dev.ostiary.server.oauth.consents.ConsentStore.Selection;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestDatabase.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@DisplayName("Consents")
class ConsentStoreTest {

    private final TestDirectory directory;
    private final Org org;
    private final Org other;
    private final Instant now;
    private final ConsentStore store = new ConsentStore();

    ConsentStoreTest(DatabaseAccess access) {
        directory = new TestDirectory(access);
        org = directory.org("consents");
        other = directory.org("consents-not");
        now = directory.time().instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    @DisplayName("P39 P40 are given once, however many forms are sent, and stay in their org")
    void once() throws Exception {
        String user = directory.user(org, "asked@consents.example");
        List<Callable<Boolean>> forms = new ArrayList<>();
        for (int i = 10; i < 20; i++) {
            Consent consent = consent("oag000000000000000" + i, user, "scp1");
            forms.add(
                    () ->
                            directory
                                    .database()
                                    .write(org.number(), tx -> store.insert(tx, consent)));
        }
        assertThat(AtOnce.call(forms)).containsOnlyOnce(true);
        List<Consent> kept = list(org, Selection.ofUser(user).by("client").of("aus1"));
        assertThat(kept).hasSize(1);
        assertThat(list(other, Selection.ofUser(user))).isEmpty();
        assertThat(list(org, Selection.ofUser(user).to(Optional.of("scp2")))).isEmpty();
        String id = kept.getFirst().id();
        assertThat(delete(other, id)).isFalse();
        assertThat(delete(org, id)).isTrue();
        assertThat(list(org, Selection.ofUser(user))).isEmpty();
    }

    private boolean delete(Org in, String id) {
        return directory.database().write(in.number(), tx -> store.delete(tx, id));
    }

    private List<Consent> list(Org in, Selection which) {
        return directory.database().read(in.number(), reader -> store.list(reader, which, 100));
    }

    private Consent consent(String id, String user, String scope) {
        return new Consent(id, user, "client", "aus1", "drive", scope, now);
    }
}
