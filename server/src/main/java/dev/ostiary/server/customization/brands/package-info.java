/**
 * Brands and their themes: how an org's pages and mails are to look, and which app they lead into
 * (tags Brands and Themes). Pages and mails that are drawn by them come with sign-in.
 */
@NullMarked
package dev.ostiary.server.customization.brands;

import org.jspecify.annotations.NullMarked;
