package dev.ostiary.server.customization.brands;

import dev.ostiary.platform.event.EventCatalogue;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.org.ConfigVersionStore;
import dev.ostiary.platform.org.Org;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The tag Themes, without its pictures: a brand has one theme. Thread-safe. */
public final class Themes implements Family {

    private final Database database;
    private final InstantSource time;
    private final EventCatalogue events;
    private final BrandStore store;

    /** The family over these neighbours. */
    public Themes(Database database, InstantSource time, EventCatalogue events, BrandStore store) {
        this.database = database;
        this.time = time;
        this.events = events;
        this.store = store;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("listBrandThemes", this::list).answersMany(Theme.SCHEMA),
                Binding.of("getBrandTheme", this::get).answers(Theme.SCHEMA),
                Binding.of("replaceBrandTheme", this::replace)
                        .takes(Theme.LOOK)
                        .answers(Theme.SCHEMA));
    }

    private Reply list(Request request) {
        Theme theme = database.read(request.org().number(), reader -> ofBrand(reader, request));
        return Reply.list(List.of(theme), (each, out) -> each.write(out, request.baseUrl()));
    }

    private Reply get(Request request) {
        return answer(
                request, database.read(request.org().number(), reader -> require(reader, request)));
    }

    /** The same look again is no change: nothing is written, and the log is silent. */
    private Reply replace(Request request) {
        Theme.Look look = request.body(Theme.LOOK);
        Org org = request.org();
        return answer(
                request,
                database.write(
                        org.number(),
                        tx -> {
                            ConfigVersionStore.hold(tx);
                            Theme old = require(tx, request);
                            if (old.look().equals(look)) {
                                return old;
                            }
                            Theme changed = old.with(look);
                            store.save(tx, changed, time.instant().truncatedTo(ChronoUnit.MILLIS));
                            tx.emit(events.event("system.theme.update").target(changed.target()));
                            return changed;
                        }));
    }

    private Theme ofBrand(Reader reader, Request request) {
        Brand brand = store.require(reader, request.org(), request.variable("brandId"));
        return store.theme(reader, brand);
    }

    private Theme require(Reader reader, Request request) {
        Theme theme = ofBrand(reader, request);
        String asked = request.variable("themeId");
        if (!theme.id().equals(asked)) {
            throw ApiException.notFound(asked, Theme.TYPE);
        }
        return theme;
    }

    private static Reply answer(Request request, Theme theme) {
        return Reply.ok(out -> theme.write(out, request.baseUrl()));
    }
}
