package dev.ostiary.platform.event;

/** The severities of the published schema {@code LogSeverity}. */
public enum Severity {
    DEBUG,
    INFO,
    WARN,
    ERROR
}
