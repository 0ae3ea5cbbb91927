package dev.ostiary.server.security.threat;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Target;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.json.Field;
import dev.ostiary.platform.json.Shape;
import dev.ostiary.platform.json.Type;
import dev.ostiary.platform.org.ConfigArea;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.org.OrgConfig;
import dev.ostiary.platform.org.Setting;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * The tag AttackProtection: two switches against those who guess passwords, both off at first.
 * Thread-safe.
 */
public final class AttackProtection implements Family {

    /**
     * Lockout.
     *
     * @param preventBruteForceLockoutFromUnknownDevices whether failed attempts from devices that a
     *     user never came from are counted apart, so that they do not lock out those known
     */
    public record Lockout(boolean preventBruteForceLockoutFromUnknownDevices) {

        private static final Shape<Lockout> SHAPE = shape();

        private static Shape<Lockout> shape() {
            Shape.Builder<Lockout> shape = Shape.of("lockoutSettings");
            Field<Lockout, Boolean> prevent =
                    shape.field(
                                    "preventBruteForceLockoutFromUnknownDevices",
                                    Type.BOOLEAN,
                                    Lockout::preventBruteForceLockoutFromUnknownDevices)
                            .always();
            return shape.build(in -> new Lockout(in.find(prevent).orElse(false)));
        }
    }

    /**
     * Authenticators.
     *
     * @param verifyKnowledgeSecondWhen2faRequired whether something that one has is asked for
     *     before something that one knows, where both are needed
     */
    public record Authenticators(boolean verifyKnowledgeSecondWhen2faRequired) {

        private static final Shape<Authenticators> SHAPE = shape();

        private static Shape<Authenticators> shape() {
            Shape.Builder<Authenticators> shape = Shape.of("authenticatorSettings");
            Field<Authenticators, Boolean> second =
                    shape.field(
                                    "verifyKnowledgeSecondWhen2faRequired",
                                    Type.BOOLEAN,
                                    Authenticators::verifyKnowledgeSecondWhen2faRequired)
                            .always();
            return shape.build(in -> new Authenticators(in.find(second).orElse(false)));
        }
    }

    private final Database database;
    private final EventCatalogue events;
    private final Setting<Lockout> lockout;
    private final OrgConfig<Lockout> kept;
    private final Setting<Authenticators> authenticators;

    public AttackProtection(Database database, InstantSource time, EventCatalogue events) {
        this.database = database;
        this.events = events;
        this.lockout = new Setting<>("userLockout", Lockout.SHAPE, new Lockout(false), time);
        this.kept =
                new OrgConfig<>(
                        ConfigArea.PROTECTION,
                        database,
                        new Lockout(false),
                        lockout::value,
                        each -> 1);
        this.authenticators =
                new Setting<>(
                        "authenticatorSettings",
                        Authenticators.SHAPE,
                        new Authenticators(false),
                        time);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getUserLockoutSettings", this::lockout).answers(Lockout.SHAPE),
                Binding.of("replaceUserLockoutSettings", this::replaceLockout)
                        .takes(Lockout.SHAPE)
                        .answers(Lockout.SHAPE),
                Binding.of("getAuthenticatorSettings", this::authenticators)
                        .answers(Authenticators.SHAPE),
                Binding.of("replaceAuthenticatorSettings", this::replaceAuthenticators)
                        .takes(Authenticators.SHAPE)
                        .answers(Authenticators.SHAPE)
                        .untilThereAre("sign-ins that begin with something else than a password"));
    }

    /**
     * How an org locks out, for sign-in: out of memory where nothing has changed. May ask the
     * database: not to be called in a transaction.
     */
    public Lockout lockout(Org org) {
        return kept.at(org, org.versions());
    }

    /** In which order an org asks, for sign-in: a query by key. */
    public Authenticators authenticators(Reader reader) {
        return authenticators.value(reader);
    }

    private Reply lockout(Request request) {
        return answer(Lockout.SHAPE, database.read(request.org().number(), lockout::value));
    }

    private Reply authenticators(Request request) {
        return answer(
                Authenticators.SHAPE, database.read(request.org().number(), authenticators::value));
    }

    private Reply replaceLockout(Request request) {
        Lockout body = request.body(Lockout.SHAPE);
        return answer(
                Lockout.SHAPE,
                lockout.change(
                                database,
                                request.org(),
                                old -> body,
                                (tx, old, now) -> {
                                    tell(
                                            tx,
                                            request.org(),
                                            "Block suspicious password attempts from unknown devices",
                                            "preventBruteForceLockoutFromUnknownDevices",
                                            now.preventBruteForceLockoutFromUnknownDevices());
                                    ConfigVersionStore.raise(tx, ConfigArea.PROTECTION);
                                })
                        .value());
    }

    private Reply replaceAuthenticators(Request request) {
        Authenticators body = request.body(Authenticators.SHAPE);
        return answer(
                Authenticators.SHAPE,
                authenticators
                        .change(
                                database,
                                request.org(),
                                old -> body,
                                (tx, old, now) ->
                                        tell(
                                                tx,
                                                request.org(),
                                                "Require possession factor before password during MFA",
                                                "verifyKnowledgeSecondWhen2faRequired",
                                                now.verifyKnowledgeSecondWhen2faRequired()))
                        .value());
    }

    /** Each is one switch: what changes was the opposite. */
    private void tell(Tx tx, Org org, String feature, String field, boolean on) {
        Target target =
                new Target(org.id(), "AttackProtectionSettings", "unknown", feature)
                        .changed(Map.of(field, !on), Map.of(field, on));
        tx.emit(events.event("security.attack_protection.settings.update").target(target));
    }

    private static <T> Reply answer(Shape<T> shape, T value) {
        return Reply.ok(out -> shape.write(out, value));
    }
}
