package dev.ostiary.server.customization.pictures;

/** What pictures can be, with their media types and the ends of their names. */
public enum PictureKind {
    PNG("image/png", "png"),
    JPEG("image/jpeg", "jpg"),
    GIF("image/gif", "gif"),
    ICO("image/x-icon", "ico"),
    SVG("image/svg+xml", "svg");

    private final String mediaType;
    private final String extension;

    PictureKind(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return extension;
    }
}
