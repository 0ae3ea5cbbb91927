package dev.ostiary.server.orgs.settings;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import java.time.InstantSource;
import java.util.List;

/** The tag OrgSettingAdmin: three switches about administrators. */
public final class OrgAdminSwitches implements Family {

    private static final String UNTIL = "administrators' roles and applications";

    private final Switch thirdParty;
    private final Switch autoAssign;
    private final Switch clientPrivileges;

    public OrgAdminSwitches(Database database, InstantSource time, EventCatalogue events) {
        OrgLog log = new OrgLog(events);
        this.thirdParty =
                new Switch(database, time, log, "orgThirdPartyAdmin", "thirdPartyAdmin", false);
        this.autoAssign =
                new Switch(
                        database,
                        time,
                        log,
                        "orgAutoAssignAdminApp",
                        "autoAssignAdminAppSetting",
                        true);
        this.clientPrivileges =
                new Switch(
                        database,
                        time,
                        log,
                        "orgClientPrivileges",
                        "clientPrivilegesSetting",
                        false);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                shows("getThirdPartyAdminSetting", thirdParty),
                turns("updateThirdPartyAdminSetting", thirdParty),
                shows("getAutoAssignAdminAppSetting", autoAssign),
                turns("updateAutoAssignAdminAppSetting", autoAssign),
                shows("getClientPrivilegesSetting", clientPrivileges),
                turns("assignClientPrivilegesSetting", clientPrivileges));
    }

    private static Binding shows(String operation, Switch one) {
        return Binding.of(operation, request -> answer(one, one.of(request))).answers(one.shape());
    }

    private static Binding turns(String operation, Switch one) {
        return Binding.of(operation, request -> turn(one, request))
                .takes(one.shape())
                .answers(one.shape())
                .untilThereAre(UNTIL);
    }

    private static Reply turn(Switch one, Request request) {
        return answer(one, one.turn(request, request.body(one.shape()).on()));
    }

    private static Reply answer(Switch one, boolean on) {
        return Reply.ok(out -> one.shape().write(out, new Switch.State(on)));
    }
}
