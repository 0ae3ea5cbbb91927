package dev.ostiary.server.security.behaviours;

import java.util.List;

/** The behaviours of one org at one moment. Immutable. */
public final class OrgBehaviours {

    private final List<Behaviour> active;

    OrgBehaviours(List<Behaviour> all) {
        this.active = all.stream().filter(Behaviour::active).toList();
    }

    /**
     * What the active ones have to say of a sign-in. Pure.
     *
     * @param past earlier sign-ins of the same user, the newest first
     */
    public Findings judge(SignIn now, List<SignIn> past) {
        Judgement judgement = new Judgement(now, past);
        return new Findings(active.stream().map(judgement::of).toList());
    }
}
