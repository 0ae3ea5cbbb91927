package dev.ostiary.server.directory.users;

import dev.ostiary.platform.event.Actor;
import dev.ostiary.platform.event.Event;
import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.event.Outcome;
import dev.ostiary.platform.event.Severity;
import dev.ostiary.platform.event.Target;
import dev.ostiary.server.directory.realms.Realm;
import dev.ostiary.server.directory.schemas.ProfileSchema;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The events of users: each has the user as its target (System Log API). Thread-safe. */
public final class UserEvents {

    private final EventCatalogue catalogue;

    /** Events of these types. */
    public UserEvents(EventCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** The user as a target: its login stands for it, its name is what people call it. */
    public static Target target(User user) {
        ObjectNode profile = user.profile().document();
        return new Target(user.id(), UserDirectory.TYPE, login(profile), displayName(profile));
    }

    /** The user as somebody who acts. */
    public static Actor actor(User user) {
        ObjectNode profile = user.profile().document();
        return new Actor(user.id(), UserDirectory.TYPE, login(profile), displayName(profile));
    }

    private static @Nullable String login(ObjectNode profile) {
        return Profile.text(profile, ProfileSchema.LOGIN_ATTRIBUTE);
    }

    /** First and last name, or what of them there is. */
    public static String displayName(User user) {
        return displayName(user.profile().document());
    }

    /** The same of a profile. */
    public static String displayName(ObjectNode profile) {
        return displayName(Profile.text(profile, "firstName"), Profile.text(profile, "lastName"));
    }

    /** What there is of the two. */
    static String displayName(@Nullable String first, @Nullable String last) {
        return Stream.of(Optional.ofNullable(first), Optional.ofNullable(last))
                .flatMap(Optional::stream)
                .filter(name -> !name.isBlank())
                .collect(Collectors.joining(" "));
    }

    /** Something happened to the user. */
    public Event of(String type, User user) {
        return catalogue.event(type).target(target(user));
    }

    /**
     * As {@link #of(String, User)}, for whoever has the profile's document at hand.
     *
     * @param profile what the user's profile says
     */
    Event of(String type, User user, ObjectNode profile) {
        return catalogue
                .event(type)
                .target(user.id(), UserDirectory.TYPE, login(profile), displayName(profile));
    }

    /**
     * Too many failed attempts have locked the account. The original tells it as the failure of who
     * made the last of them, below {@code INFO}: the attempt itself is told beside it.
     */
    Event locked(User user) {
        return of("user.account.lock", user)
                .actor(actor(user))
                .severity(Severity.DEBUG)
                .outcome(Outcome.failure("LOCKED_OUT"));
    }

    /** The user is signed in nowhere any more. */
    Event sessionsCleared(User user) {
        return of("user.session.clear", user);
    }

    /** The user has been moved to another realm. */
    public Event realmChanged(User user, Realm from) {
        return of("user.realm.update", user)
                .debug("from_realm_display_name", from.profile().name())
                .debug("from_realm_id", from.id());
    }

    /** The profile is another one; the attributes are named, their values are not. */
    public Event profileChanged(User user, List<String> attributes) {
        return of("user.account.update_profile", user)
                .debug("changedAttributes", String.join(",", attributes));
    }
}
