package dev.ostiary.server;

import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import dev.ostiary.server.apps.App;
import dev.ostiary.server.apps.AppChanges;
import dev.ostiary.server.customization.brands.BrandFarewells;

/** Brands do not name an app that is deleted. Thread-safe. */
record BrandEnd(BrandFarewells brands) implements AppChanges.Watch {

    @Override
    public void deleting(Tx tx, Org org, App app) {
        brands.appEnds(tx, org, app.id());
    }
}
