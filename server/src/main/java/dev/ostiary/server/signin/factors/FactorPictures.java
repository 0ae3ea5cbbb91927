package dev.ostiary.server.signin.factors;

import com.google.zxing.BarcodeFormat;
import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.QRCodeWriter;
import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.picture.GrayPicture;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Sealed;
import dev.ostiary.platform.store.Database;
import dev.ostiary.server.directory.users.User;
import dev.ostiary.server.directory.users.UserDirectory;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * {@code …/factors/{factorId}/qr/{code}}: what an app scans to share a seed, or to become a factor
 * itself. A browser shows it to a user who has proven nothing yet, so the code in the path is all
 * that it takes; it works while the factor waits for its activation, and never after. Thread-safe.
 */
public final class FactorPictures implements Family {

    /** White around the picture, in modules of it; readers need some. */
    private static final int MARGIN = 4;

    private static final int SCALE = 5;

    private final Database database;
    private final Sealed sealed;
    private final UserDirectory users;
    private final FactorStore store = new FactorStore();

    /** Pictures of factors in this database. */
    public FactorPictures(Database database, Sealed sealed, UserDirectory users) {
        this.database = database;
        this.sealed = sealed;
        this.users = users;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getFactorQrCode", this::picture).answersAs("image/png"));
    }

    private Reply picture(Request request) {
        String text =
                database.read(
                        request.org().number(),
                        reader -> {
                            User user =
                                    users.byId(reader, request.variable("userId"))
                                            .orElseThrow(() -> unknown(request));
                            Factor factor =
                                    store.find(reader, user.id(), request.variable("factorId"))
                                            .filter(FactorPictures::waits)
                                            .orElseThrow(() -> unknown(request));
                            return text(request, user, factor);
                        });
        return Reply.text(200, "image/png", png(text));
    }

    private static boolean waits(Factor factor) {
        return factor.enrolment().status() == FactorStatus.PENDING_ACTIVATION
                && factor.secret() != null;
    }

    private String text(Request request, User user, Factor factor) {
        FactorSecret secret = FactorSecret.of(sealed, request.org().number(), factor);
        if (!MessageDigest.isEqual(bytes(secret.code()), bytes(request.variable("code")))) {
            throw unknown(request);
        }
        return factor.enrolment().kind() == FactorKind.PUSH
                ? PushInvitations.link(request.baseUrl(), secret.code())
                : TotpMethod.uri(request.org().name(), user.login(), secret);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whatever is wrong with the path, it is told the same. */
    private static ApiException unknown(Request request) {
        return ApiException.notFound(request.variable("factorId"), FactorEngine.TYPE);
    }

    /** The text as a QR code. */
    static byte[] png(String text) {
        try {
            BitMatrix modules =
                    new QRCodeWriter()
                            .encode(
                                    text,
                                    BarcodeFormat.QR_CODE,
                                    0,
                                    0,
                                    Map.of(EncodeHintType.MARGIN, MARGIN));
            int size = modules.getWidth();
            return GrayPicture.png(
                    size * SCALE,
                    (x, y) -> modules.get((int) (x * size), (int) (y * size)) ? 0 : 255);
        } catch (WriterException e) {
            throw new IllegalStateException("too long for a picture", e);
        }
    }
}
