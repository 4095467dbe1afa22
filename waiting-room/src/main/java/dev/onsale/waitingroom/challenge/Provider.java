package dev.onsale.waitingroom.challenge;

import java.net.URI;
import java.util.Locale;

/** A service of CAPTCHAs whose tokens are checked by a {@code siteverify} page. They differ in what the answer tells. */
enum Provider {
    /** hCaptcha. Its score counts risk, not trust, and only for some customers: not used. */
    HCAPTCHA("https://api.hcaptcha.com/siteverify", false),
    /** Cloudflare Turnstile: tells the action, no score. */
    TURNSTILE("https://challenges.cloudflare.com/turnstile/v0/siteverify", false),
    /** reCAPTCHA with a box to tick. */
    RECAPTCHA_V2("https://www.google.com/recaptcha/api/siteverify", false),
    /** reCAPTCHA that only watches: worth nothing without a least score. */
    RECAPTCHA_V3("https://www.google.com/recaptcha/api/siteverify", true);

    private final URI url;
    private final boolean scored;

    Provider(String url, boolean scored) {
        this.url = URI.create(url);
        this.scored = scored;
    }

    /** Where it is asked, unless the deployment says otherwise. */
    URI url() {
        return url;
    }

    /** Whether its answer has a score of trust, 0 to 1. */
    boolean scored() {
        return scored;
    }

    /** As clients and settings write it, e.g. {@code recaptcha-v3}. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
