package dev.ostiary.server;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.security.behaviours.BehaviourRules;
import dev.ostiary.server.security.behaviours.Behaviours;
import dev.ostiary.server.security.threat.AttackProtection;
import dev.ostiary.server.security.threat.BotProtection;
import dev.ostiary.server.security.threat.ThreatInsight;
import dev.ostiary.server.security.threat.Threats;
import dev.ostiary.server.security.zones.OrgZones;
import dev.ostiary.server.security.zones.ZoneUse;
import java.time.InstantSource;
import java.util.List;

/**
 * The watch of the {@linkplain House house}: what is remarkable about a sign-in, and what an org
 * does against attacks.
 */
final class Protection {

    private final Behaviours behaviours;
    private final AttackProtection attacks;
    private final ThreatInsight insight;
    private final Threats threats;
    private final List<Family> families;

    Protection(House.Ground ground, OrgZones zones) {
        Database database = ground.database();
        InstantSource time = ground.time();
        EventCatalogue events = ground.events();
        behaviours = new Behaviours(database);
        attacks = new AttackProtection(database, time, events);
        insight = new ThreatInsight(database, time, events, zones::has);
        threats = new Threats(insight, zones, events);
        families =
                List.of(
                        new BehaviourRules(database, ground.ids(), time, events),
                        insight,
                        attacks,
                        new BotProtection(database, time, events));
    }

    List<Family> families() {
        return families;
    }

    /** What keeps zones from being deleted. */
    ZoneUse zoneUse() {
        return insight::tiedTo;
    }

    /** Judges sign-ins, and remembers them. */
    Behaviours behaviours() {
        return behaviours;
    }

    /** Which addresses attack an org. */
    Threats threats() {
        return threats;
    }

    /** What sign-in does against those who guess. */
    AttackProtection attacks() {
        return attacks;
    }
}
