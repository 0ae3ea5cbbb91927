package dev.ostiary.server.apps;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.picture.GrayPicture;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.customization.pictures.Picture;
import dev.ostiary.server.customization.pictures.PictureKind;
import dev.ostiary.server.customization.pictures.Pictures;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/**
 * The tag ApplicationLogos: pictures of apps, and the one that apps are linked to which have none
 * of their own, four tiles. Thread-safe.
 */
public final class AppLogos implements Family {

    private static final String FOLDER = "/assets/img/logos/";
    private static final String NAME = "default.png";
    private static final int SIZE = 64;

    /** "Less than one MB". */
    private static final int MOST_BYTES = 1 << 20;

    private static final Set<PictureKind> KINDS =
            Set.of(PictureKind.PNG, PictureKind.JPEG, PictureKind.GIF, PictureKind.SVG);

    private final Database database;
    private final InstantSource time;
    private final AppStore apps;
    private final AppEvents events;
    private final Pictures pictures;

    private final byte[] tiles =
            GrayPicture.png(SIZE, (x, y) -> isTile(x) && isTile(y) ? 0x70 : 0xFF);

    private static boolean isTile(double place) {
        return (place > 0.15 && place < 0.45) || (place > 0.55 && place < 0.85);
    }

    public AppLogos(
            Database database,
            InstantSource time,
            AppStore apps,
            AppEvents events,
            Pictures pictures) {
        this.database = database;
        this.time = time;
        this.apps = apps;
        this.events = events;
        this.pictures = pictures;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(
                Binding.of("getApplicationLogo", this::get).answersAs("image/png"),
                Binding.of("uploadApplicationLogo", this::upload).takesFile(MOST_BYTES));
    }

    /** 201 without a body, and where the picture is (WIRE, "Headers of every answer"). */
    private Reply upload(Request request) {
        Picture picture = Pictures.uploaded(request, KINDS, MOST_BYTES);
        String path =
                database.write(
                        request.org().number(),
                        tx -> {
                            App app =
                                    apps.held(
                                            tx,
                                            request.org(),
                                            request.variable("appId"),
                                            AppStore.Lock.ALONE);
                            Instant now = time.instant().truncatedTo(ChronoUnit.MILLIS);
                            String kept = pictures.keep(tx, app.id(), picture, now);
                            apps.update(tx, app.showing(kept, now));
                            tx.emit(events.of("application.configuration.update_logo", app));
                            return kept;
                        });
        return Reply.empty(201).with("Location", request.url(path));
    }

    private Reply get(Request request) {
        String name = request.variable("fileName");
        if (!name.equals(NAME)) {
            throw ApiException.notFound(FOLDER + name, "Logo");
        }
        return Reply.text(200, "image/png", tiles);
    }
}
