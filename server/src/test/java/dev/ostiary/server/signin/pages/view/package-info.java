@NullMarked
package dev.ostiary.server.signin.pages.view;

import org.jspecify.annotations.NullMarked;
