package dev.onsale.runtime.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Shows the identity that is current when a handshake begins. The one before is kept too, for handshakes that began with
 * it. Connections that are open stay as they are.
 */
@SuppressWarnings("NullAway") // The interface of the JDK answers null for "none".
final class SwappableKeys extends X509ExtendedKeyManager {

    private volatile Generation current;
    private volatile @Nullable Generation before;

    private record Generation(int number, Identity identity) {

        String alias() {
            return "identity-" + number;
        }
    }

    SwappableKeys(Identity identity) {
        current = new Generation(0, identity);
    }

    Identity identity() {
        return current.identity;
    }

    void swap(Identity identity) {
        before = current;
        current = new Generation(current.number + 1, identity);
    }

    private @Nullable String alias(String... keyTypes) {
        var now = current;
        return Arrays.asList(keyTypes).contains(now.identity.key().getAlgorithm()) ? now.alias() : null;
    }

    private @Nullable Identity find(String alias) {
        for (var generation : new Generation[] {current, before}) {
            if (generation != null && generation.alias().equals(alias)) {
                return generation.identity;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseEngineClientAlias(String[] keyTypes, Principal[] issuers, SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal[] issuers) {
        var alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal[] issuers) {
        return getServerAliases(keyType, issuers);
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        var identity = find(alias);
        return identity == null ? null : identity.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        var identity = find(alias);
        return identity == null ? null : identity.key();
    }
}
