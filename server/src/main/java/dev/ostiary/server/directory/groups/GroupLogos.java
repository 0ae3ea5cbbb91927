package dev.ostiary.server.directory.groups;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.picture.GrayPicture;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import java.util.List;
import java.util.Map;

/**
 * The pictures that a group's {@code logo} links name (P31): three people in a circle's colour,
 * drawn when the server starts.
 */
public final class GroupLogos implements Family {

    private static final String FOLDER = "/img/logos/groups/";

    private final Map<String, byte[]> pictures =
            Map.of("okta-medium.png", draw(64), "okta-large.png", draw(192));

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getGroupLogo", this::get).answersAs("image/png"));
    }

    private Reply get(Request request) {
        String name = request.variable("fileName");
        byte[] picture = pictures.get(name);
        if (picture == null) {
            throw ApiException.notFound(FOLDER + name, "Logo");
        }
        return Reply.text(200, "image/png", picture);
    }

    private static byte[] draw(int size) {
        return GrayPicture.png(size, (x, y) -> isPerson(x, y) ? 0x70 : 0xFF);
    }

    /** Heads and shoulders of three people; coordinates from 0 to 1. */
    private static boolean isPerson(double x, double y) {
        return person(x, y, 0.5, 0.38, 1)
                || person(x, y, 0.2, 0.44, 0.7)
                || person(x, y, 0.8, 0.44, 0.7);
    }

    private static boolean person(double x, double y, double middle, double head, double scale) {
        double dx = (x - middle) / scale;
        double dy = (y - head) / scale;
        boolean face = dx * dx + dy * dy < 0.012;
        double shoulders = dy - 0.36;
        boolean body = dy > 0.15 && dy < 0.34 && dx * dx + shoulders * shoulders < 0.04;
        return face || body;
    }
}
