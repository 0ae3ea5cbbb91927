package dev.ostiary.server.delivery;

/** By which way a message leaves. */
public enum Channel {
    MAIL,
    SMS,
    CALL
}
