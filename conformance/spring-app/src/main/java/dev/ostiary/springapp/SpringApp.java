package dev.ostiary.springapp;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The application; {@code okta.oauth2.*} says where and as whom people sign in. */
@SpringBootApplication
@RestController
public class SpringApp {

    /** Serves until it is ended. */
    public static void main(String[] arguments) {
        SpringApplication.run(SpringApp.class, arguments);
    }

    /** Who is signed in, and what the starter makes of the groups. */
    @GetMapping("/")
    public String whoami(@AuthenticationPrincipal OidcUser user) {
        return user.getSubject() + " " + user.getEmail() + " " + user.getAuthorities();
    }
}
