/**
 * TLS by configuration: certificates from PEM files that are read again when they change, what a listener speaks and where
 * plaintext is allowed (on loopback, or behind an edge if the settings say so), and whom a client of ours believes.
 */
@NullMarked
package dev.onsale.runtime.tls;

import org.jspecify.annotations.NullMarked;
