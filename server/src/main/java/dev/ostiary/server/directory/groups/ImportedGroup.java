package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.query.CaseFold;
import dev.ostiary.server.directory.schemas.UniqueValues.Claim;
import java.util.List;

/** A group as a line of a bulk import describes it, judged by itself. Immutable. */
public final class ImportedGroup {

    private final GroupProfile profile;
    private final List<Claim> claims;

    ImportedGroup(GroupProfile profile, List<Claim> claims) {
        this.profile = profile;
        this.claims = List.copyOf(claims);
    }

    /** The name without case: no two groups share it. */
    public String folded() {
        return CaseFold.fold(profile.name());
    }

    /** Values that no other group may have. */
    public List<Claim> claims() {
        return claims;
    }

    GroupProfile profile() {
        return profile;
    }
}
