@NullMarked
package dev.ostiary.server.signin.pages.html;

import org.jspecify.annotations.NullMarked;
