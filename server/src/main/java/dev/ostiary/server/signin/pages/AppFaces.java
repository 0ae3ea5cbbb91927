package dev.ostiary.server.signin.pages;

import dev.ostiary.platform.http.Request;
import dev.ostiary.server.signin.pages.view.AppFace;
import java.util.Optional;

/**
 * How apps show themselves to people whom they have sent here. Implementations are thread-safe and
 * ask the database: not to be called in a transaction.
 */
public interface AppFaces {

    /**
     * The app that somebody gets into who signs in on the way to an address.
     *
     * @return nothing where no app is there, or it lets nobody in
     */
    Optional<AppFace> onTheWay(Request request, String address);

    /** The app of an id; nothing where there is none, or it lets nobody in. */
    Optional<AppFace> of(Request request, String appId);
}
