package dev.ostiary.server.apps;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.picture.GrayPicture;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import java.util.List;

/**
 * The tag ApplicationLogos: the picture that apps are linked to which have none of their own, four
 * tiles.
 */
public final class AppLogos implements Family {

    private static final String FOLDER = "/assets/img/logos/";
    private static final String NAME = "default.png";
    private static final int SIZE = 64;

    private final byte[] tiles =
            GrayPicture.png(SIZE, (x, y) -> isTile(x) && isTile(y) ? 0x70 : 0xFF);

    private static boolean isTile(double place) {
        return (place > 0.15 && place < 0.45) || (place > 0.55 && place < 0.85);
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getApplicationLogo", this::get).answersAs("image/png"));
    }

    private Reply get(Request request) {
        String name = request.variable("fileName");
        if (!name.equals(NAME)) {
            throw ApiException.notFound(FOLDER + name, "Logo");
        }
        return Reply.text(200, "image/png", tiles);
    }
}
