package dev.ostiary.server.security.behaviours;

import dev.ostiary.platform.org.Org;
import dev.ostiary.server.security.behaviours.Measure.Granularity;
import java.util.Arrays;
import java.util.Optional;

/**
 * The behaviours that an org has before anybody makes one (product documentation, "About behavior
 * types"): how many sign-ins each looks back, and how far and fast it lets somebody go. They can be
 * changed and deleted like any other.
 */
enum DefaultBehaviour {
    CITY("New City", location(Granularity.CITY, 20)),
    STATE("New State", location(Granularity.SUBDIVISION, 15)),
    COUNTRY("New Country", location(Granularity.COUNTRY, 10)),
    GEO_LOCATION(
            "New Geo-Location", new Measure.Location(Granularity.LAT_LONG, 20, History.of(20))),
    DEVICE("New Device", new Measure.Device(History.of(20))),
    IP("New IP", new Measure.Ip(History.of(50))),
    VELOCITY("Velocity", new Measure.Velocity(Measure.Velocity.STANDARD));

    private final String title;
    private final Measure measure;

    DefaultBehaviour(String title, Measure measure) {
        this.title = title;
        this.measure = measure;
    }

    private static Measure location(Granularity granularity, int most) {
        return new Measure.Location(granularity, null, History.of(most));
    }

    /** Its id in an org: as old as the org, and written down only once somebody changes it. */
    String id(Org org) {
        return "bhv" + org.id().substring(3, 10) + "000000" + (ordinal() + 1) + org.tail();
    }

    /** As it is before anybody touched it. */
    Behaviour untouched(Org org) {
        return new Behaviour(id(org), title, true, measure, org.created(), org.created());
    }

    static Optional<DefaultBehaviour> of(Org org, String id) {
        return Arrays.stream(values()).filter(each -> each.id(org).equals(id)).findFirst();
    }
}
