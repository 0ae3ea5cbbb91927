package dev.ostiary.platform.tls;

/** Stands for the master key: turns every bit, and marks what it made. */
final class ReversingSealer implements KeySealer {

    private static final byte MARK = 42;

    @Override
    public byte[] seal(byte[] secret) {
        byte[] sealed = new byte[secret.length + 1];
        sealed[0] = MARK;
        for (int i = 0; i < secret.length; i++) {
            sealed[i + 1] = (byte) ~secret[i];
        }
        return sealed;
    }

    @Override
    public byte[] open(byte[] sealed) {
        if (sealed[0] != MARK) {
            throw new IllegalArgumentException("not sealed here");
        }
        byte[] secret = new byte[sealed.length - 1];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) ~sealed[i + 1];
        }
        return secret;
    }
}
