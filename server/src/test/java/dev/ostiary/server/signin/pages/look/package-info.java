@NullMarked
package dev.ostiary.server.signin.pages.look;

import org.jspecify.annotations.NullMarked;
