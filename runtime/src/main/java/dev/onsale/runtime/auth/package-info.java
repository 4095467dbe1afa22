/**
 * Who is calling. An access token (JWT) passes through {@link dev.onsale.runtime.auth.TokenVerifier}: shape, algorithm
 * and key, signature, claims; what comes out is a {@link dev.onsale.runtime.auth.Principal}. Verified tokens are
 * remembered in a bounded cache until they end. Tokens that partners' API keys were exchanged for are another type, by other
 * keys, with a {@link dev.onsale.runtime.auth.Scope}. {@link dev.onsale.runtime.auth.TokenIssuer} is the embedded issuer.
 */
@NullMarked
package dev.onsale.runtime.auth;

import org.jspecify.annotations.NullMarked;
