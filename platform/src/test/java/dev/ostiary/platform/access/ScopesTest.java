package dev.ostiary.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ostiary.platform.access.Scopes.Reach;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("P21 scopes")
class ScopesTest {

    @Test
    @DisplayName("each covers itself, and manage covers read and register")
    void covers() {
        assertThat(reach("okta.users.read", "okta.users.read")).isEqualTo(Reach.EVERYWHERE);
        assertThat(reach("okta.users.manage", "okta.users.read")).isEqualTo(Reach.EVERYWHERE);
        assertThat(reach("okta.clients.manage", "okta.clients.register"))
                .isEqualTo(Reach.EVERYWHERE);
        assertThat(reach("okta.users.read", "okta.users.manage")).isEqualTo(Reach.NOWHERE);
        assertThat(reach("okta.groups.manage", "okta.users.read")).isEqualTo(Reach.NOWHERE);
        assertThat(reach("okta.clients.register", "okta.clients.read")).isEqualTo(Reach.NOWHERE);
    }

    @Test
    @DisplayName("self reaches no further than the token's own user")
    void self() {
        assertThat(reach("okta.users.read.self", "okta.users.read")).isEqualTo(Reach.SELF);
        assertThat(reach("okta.users.manage.self", "okta.users.read")).isEqualTo(Reach.SELF);
        assertThat(reach("okta.users.read.self", "okta.users.manage")).isEqualTo(Reach.NOWHERE);
    }

    @Test
    @DisplayName(
            "an operation that asks for two gets both, and one that asks for none is no token's")
    void several() {
        Set<String> both = Set.of("okta.apps.manage", "okta.groups.manage");
        assertThat(Scopes.of(both).reach(both)).isEqualTo(Reach.EVERYWHERE);
        assertThat(Scopes.of(List.of("okta.apps.manage")).reach(both)).isEqualTo(Reach.NOWHERE);
        assertThat(Scopes.of(List.of("okta.apps.manage", "okta.groups.manage.self")).reach(both))
                .isEqualTo(Reach.SELF);
        assertThat(Scopes.of(both).reach(Set.of())).isEqualTo(Reach.NOWHERE);
    }

    private static Reach reach(String granted, String needed) {
        return Scopes.of(List.of(granted)).reach(Set.of(needed));
    }
}
