package dev.ostiary.server.policy.engine;

import java.util.Optional;
import java.util.Set;

/**
 * What is known when a policy is asked for; what is empty is unknown. Immutable.
 *
 * @param person whom it is about
 * @param place where the client is
 * @param entry by which door it comes
 * @param risk how risky the sign-in is
 * @param behaviours ids of the behaviours that were noticed
 * @param device what is known of the device
 * @param platform what the client runs on
 * @param identityProvider who has proven who it is: the id of an identity provider, or {@link
 *     #OKTA}
 * @param app what is signed in to
 * @param identifier who the client says it is
 * @param entityRisk how much the user is at risk
 * @param detection the kind of risk that was detected
 * @param expressions judges expressions
 */
public record Situation(
        Person person,
        Optional<Whereabouts> place,
        Optional<Entry> entry,
        Optional<Level> risk,
        Optional<Set<String>> behaviours,
        Optional<Device> device,
        Optional<Platform> platform,
        Optional<String> identityProvider,
        Optional<App> app,
        Optional<String> identifier,
        Optional<Level> entityRisk,
        Optional<String> detection,
        Expressions expressions) {

    /** The identity provider of users whom this server itself knows. */
    public static final String OKTA = "OKTA";

    /** By which door a sign-in comes (schema {@code PolicyRuleAuthContextType}). */
    public enum Entry {
        WEB,
        LDAP_INTERFACE,
        RADIUS
    }

    /** How great a risk is. */
    public enum Level {
        LOW,
        MEDIUM,
        HIGH
    }

    /**
     * A device.
     *
     * @param registered whether the user has enrolled with it
     * @param managed whether a management system looks after it; empty if unknown
     * @param assurances ids of the device assurances that it fulfils; empty if unknown
     */
    public record Device(
            boolean registered, Optional<Boolean> managed, Optional<Set<String>> assurances) {}

    /**
     * What a client runs on.
     *
     * @param type {@code DESKTOP}, {@code MOBILE} or {@code OTHER}
     * @param os such as {@code WINDOWS}, {@code MACOS}, {@code IOS}
     */
    public record Platform(String type, String os) {}

    /**
     * An app.
     *
     * @param id public id
     * @param name the name of its type
     */
    public record App(String id, String name) {}

    /** Judges expressions in a situation; empty where that cannot be done. */
    @FunctionalInterface
    public interface Expressions {
        /** Whether an expression holds. */
        Optional<Boolean> holds(String expression);
    }

    /** A situation in which nothing but the person is known. */
    public static Situation of(Person person) {
        return new Situation(
                person,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                expression -> Optional.empty());
    }

    /** The same at a place. */
    public Situation at(Whereabouts where) {
        return new Situation(
                person,
                Optional.of(where),
                entry,
                risk,
                behaviours,
                device,
                platform,
                identityProvider,
                app,
                identifier,
                entityRisk,
                detection,
                expressions);
    }

    /** The same by a door. */
    public Situation by(Entry door) {
        return new Situation(
                person,
                place,
                Optional.of(door),
                risk,
                behaviours,
                device,
                platform,
                identityProvider,
                app,
                identifier,
                entityRisk,
                detection,
                expressions);
    }

    /** The same at a risk. */
    public Situation at(Level level) {
        return new Situation(
                person,
                place,
                entry,
                Optional.of(level),
                behaviours,
                device,
                platform,
                identityProvider,
                app,
                identifier,
                entityRisk,
                detection,
                expressions);
    }

    /** The same in which these behaviours were noticed, and no others. */
    public Situation noticing(Set<String> ids) {
        return new Situation(
                person,
                place,
                entry,
                risk,
                Optional.of(Set.copyOf(ids)),
                device,
                platform,
                identityProvider,
                app,
                identifier,
                entityRisk,
                detection,
                expressions);
    }

    /** The same on a device. */
    public Situation on(Device known) {
        return new Situation(
                person,
                place,
                entry,
                risk,
                behaviours,
                Optional.of(known),
                platform,
                identityProvider,
                app,
                identifier,
                entityRisk,
                detection,
                expressions);
    }

    /** The same on a platform. */
    public Situation on(Platform known) {
        return new Situation(
                person,
                place,
                entry,
                risk,
                behaviours,
                device,
                Optional.of(known),
                identityProvider,
                app,
                identifier,
                entityRisk,
                detection,
                expressions);
    }

    /** The same, proven by an identity provider. */
    public Situation provenBy(String provider) {
        return new Situation(
                person,
                place,
                entry,
                risk,
                behaviours,
                device,
                platform,
                Optional.of(provider),
                app,
                identifier,
                entityRisk,
                detection,
                expressions);
    }

    /** The same on the way to an app. */
    public Situation to(App wanted) {
        return new Situation(
                person,
                place,
                entry,
                risk,
                behaviours,
                device,
                platform,
                identityProvider,
                Optional.of(wanted),
                identifier,
                entityRisk,
                detection,
                expressions);
    }

    /** The same under a name that nobody has proven. */
    public Situation calledItself(String name) {
        return new Situation(
                person,
                place,
                entry,
                risk,
                behaviours,
                device,
                platform,
                identityProvider,
                app,
                Optional.of(name),
                entityRisk,
                detection,
                expressions);
    }

    /** The same after a detection that puts the user at a risk. */
    public Situation endangered(Level level, String kind) {
        return new Situation(
                person,
                place,
                entry,
                risk,
                behaviours,
                device,
                platform,
                identityProvider,
                app,
                identifier,
                Optional.of(level),
                Optional.of(kind),
                expressions);
    }

    /** The same with somebody who judges expressions. */
    public Situation judging(Expressions judge) {
        return new Situation(
                person,
                place,
                entry,
                risk,
                behaviours,
                device,
                platform,
                identityProvider,
                app,
                identifier,
                entityRisk,
                detection,
                judge);
    }
}
