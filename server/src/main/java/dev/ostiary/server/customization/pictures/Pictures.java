package dev.ostiary.server.customization.pictures;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Multipart;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.platform.secret.Tokens;
import dev.ostiary.platform.store.Database;
import dev.ostiary.platform.store.Reader;
import dev.ostiary.platform.store.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps and serves pictures that are uploaded. What is served runs nothing in a browser, whatever
 * it is: no type but a picture's, no guessing at it, and a policy that lets nothing load. A name is
 * given once, so a browser may keep what is behind it for ever. Thread-safe.
 */
public final class Pictures implements Family {

    private static final String FOLDER = "/fs/bco/";
    private static final String FIELD = "file";
    private static final int NAME_LENGTH = 24;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{24}\\.[a-z]{3,4}");
    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Database database;
    private final Tokens tokens;
    private final PictureStore store = new PictureStore();

    /**
     * @param tokens makes names that nobody guesses
     */
    public Pictures(Database database, Tokens tokens) {
        this.database = database;
        this.tokens = tokens;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getUploadedPicture", this::get).answersAs("image/png"));
    }

    private Reply get(Request request) {
        String name = request.variable("fileName");
        PictureStore.Kept kept =
                (NAME.matcher(name).matches()
                                ? database.read(
                                        request.org().number(), reader -> store.find(reader, name))
                                : Optional.<PictureStore.Kept>empty())
                        .orElseThrow(() -> ApiException.notFound(FOLDER + name, "Picture"));
        return Reply.text(200, kept.type(), kept.bytes()).with("Cache-Control", FOR_EVER);
    }

    /**
     * The picture that a request uploads.
     *
     * @param kinds those that may be
     * @param most bytes
     * @throws ApiException {@code E0000001} if it is none of them, or too large
     */
    public static Picture uploaded(Request request, Set<PictureKind> kinds, int most) {
        byte[] bytes = Multipart.file(request, FIELD, most);
        return Picture.of(bytes)
                .filter(picture -> kinds.contains(picture.kind()))
                .orElseThrow(
                        () ->
                                ApiException.validation(
                                        FIELD,
                                        FIELD
                                                + ": The file must be a picture of the type "
                                                + kinds.stream()
                                                        .map(Enum::name)
                                                        .sorted()
                                                        .toList()));
    }

    /**
     * Keeps a picture of an owner.
     *
     * @return the path at which it is served
     */
    public String keep(Tx tx, String owner, Picture picture, Instant now) {
        String name = tokens.urlSafe(NAME_LENGTH) + "." + picture.kind().extension();
        store.put(tx, owner, name, picture, now);
        return FOLDER + name;
    }

    /** Forgets the picture of an owner; whether there was one. */
    public boolean forget(Tx tx, String owner) {
        return store.delete(tx, owner);
    }

    /** The paths of the pictures that owners have, by owner. */
    public Map<String, String> paths(Reader reader, Collection<String> owners) {
        Map<String, String> paths = new LinkedHashMap<>();
        store.names(reader, owners).forEach((owner, name) -> paths.put(owner, FOLDER + name));
        return paths;
    }
}
