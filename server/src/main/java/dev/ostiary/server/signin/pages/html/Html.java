package dev.ostiary.server.signin.pages.html;

/** A part of a page. Immutable. */
public sealed interface Html permits Element, Text {}
