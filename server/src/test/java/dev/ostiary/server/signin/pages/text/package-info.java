@NullMarked
package dev.ostiary.server.signin.pages.text;

import org.jspecify.annotations.NullMarked;
