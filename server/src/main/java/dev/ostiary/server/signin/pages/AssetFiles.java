package dev.ostiary.server.signin.pages;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ostiary.platform.http.Binding;
import dev.ostiary.platform.http.Reply;
import dev.ostiary.platform.http.Request;
import dev.ostiary.platform.problem.ApiException;
import dev.ostiary.platform.resource.Family;
import dev.ostiary.server.signin.pages.look.Assets;
import dev.ostiary.server.signin.pages.look.Assets.Asset;
import java.util.List;

/**
 * The files that pages load. A name is good for one content only, so browsers keep it for a year
 * and never ask again (RFC 8246). Thread-safe.
 */
final class AssetFiles implements Family {

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Assets assets;

    AssetFiles(Assets assets) {
        this.assets = assets;
    }

    @Override
    public List<Binding> bindings() {
        return List.of(Binding.of("getPageFile", this::get).answersAs("*/*"));
    }

    private Reply get(Request request) {
        String name = request.variable("fileName");
        Asset asset = assets.find(name).orElseThrow(() -> ApiException.notFound(name, "PageFile"));
        return Reply.text(200, asset.mediaType(), asset.content().getBytes(UTF_8))
                .with("Cache-Control", FOR_EVER);
    }
}
