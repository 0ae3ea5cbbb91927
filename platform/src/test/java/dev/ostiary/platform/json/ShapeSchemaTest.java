package dev.ostiary.platform.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("P4 A shape says what it reads and what it writes")
class ShapeSchemaTest {

    private record Account(String name) {}

    private static Shape<Account> account() {
        Shape.Builder<Account> shape = Shape.of("account");
        shape.field("id", Type.TEXT, Account::name).readOnly().always();
        shape.field("name", Type.TEXT, Account::name).required();
        shape.field("nick", Type.TEXT, account -> null);
        shape.field("left", Type.INSTANT, account -> null).readOnly().orNull();
        shape.field("secret", Type.TEXT, Account::name).writeOnly();
        return shape.build(in -> new Account(""));
    }

    @Test
    @DisplayName("in: what a client may set, and null for whatever it need not")
    void in() {
        assertThat(account().schema(Way.IN))
                .isEqualTo(
                        Schema.object()
                                .always("name", Schema.TEXT)
                                .maybe("nick", Schema.TEXT.orNull())
                                .maybe("secret", Schema.TEXT.orNull()));
    }

    @Test
    @DisplayName("out: what is never secret, what is always there, what may be null")
    void out() {
        assertThat(account().schema(Way.OUT))
                .isEqualTo(
                        Schema.object()
                                .always("id", Schema.TEXT)
                                .always("name", Schema.TEXT)
                                .maybe("nick", Schema.TEXT)
                                .always("left", Schema.MOMENT.orNull()));
    }

    @Test
    @DisplayName("the same of what is nested, in the same direction")
    void nested() {
        Shape.Builder<Account> shape = Shape.of("holder");
        shape.field("accounts", Type.list(Type.nested(account())), holder -> null);
        Shape<Account> holder = shape.build(in -> new Account(""));
        for (Way way : Way.values()) {
            Schema accounts = Schema.list(account().schema(way));
            assertThat(holder.schema(way))
                    .isEqualTo(
                            Schema.object()
                                    .maybe(
                                            "accounts",
                                            way == Way.IN ? accounts.orNull() : accounts));
        }
    }
}
