package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What brands forget when something ends that they name. Thread-safe. */
public record BrandFarewells(BrandStore store, InstantSource time, EventCatalogue events) {

    /** In the transaction that deletes an app, and has raised a version of the org's before. */
    public void appEnds(Tx tx, Org org, String appId) {
        Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
        for (Brand brand : store.all(tx, org)) {
            if (appId.equals(brand.content().defaultApp().instanceId())) {
                Brand changed = brand.with(brand.content().withoutApp(), now);
                store.save(tx, changed);
                tx.emit(events.event("system.brand.update").target(changed.target()));
            }
        }
    }
}
