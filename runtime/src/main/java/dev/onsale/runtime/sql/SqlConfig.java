package dev.onsale.runtime.sql;

import dev.onsale.runtime.config.Config;
import java.net.URI;
import java.time.Duration;

/**
 * How to reach PostgreSQL and how long to wait for it.
 *
 * @param url {@code postgresql://host:port/database[?sslmode=verify-full&sslrootcert=FILE]}
 * @param user the role the service works as; it can't change the schema
 * @param password its password; empty: none
 * @param schema where names without a schema are looked up
 * @param poolSize connections; more than about twice the server's cores is slower, not faster
 * @param maxWaiting most callers waiting for a connection; more are refused at once
 * @param acquireTimeout longest wait for a connection
 * @param statementTimeout longest statement
 * @param lockTimeout longest wait for a row lock
 * @param transactionTimeout longest transaction; one that isn't done by then is rolled back
 */
public record SqlConfig(
        URI url,
        String user,
        String password,
        String schema,
        int poolSize,
        int maxWaiting,
        Duration acquireTimeout,
        Duration statementTimeout,
        Duration lockTimeout,
        Duration transactionTimeout) {

    /** Reads {@code sql.*}. */
    public static SqlConfig from(Config config) {
        return from(config, "onsale_app");
    }

    /** Reads {@code sql.*}, with another role if none is set. */
    public static SqlConfig from(Config config, String defaultUser) {
        var ms = Duration.ofMillis(1);
        var most = Duration.ofMinutes(5);
        int poolSize = config.integer("sql.pool-size", 16, 1, 1_000);
        return new SqlConfig(
                url(config, "sql.url", URI.create("postgresql://127.0.0.1:5432/onsale")),
                config.string("sql.user", defaultUser),
                config.string("sql.password", ""),
                "public",
                poolSize,
                config.integer("sql.max-waiting", poolSize * 16, 1, 1_000_000),
                config.duration("sql.acquire-timeout", Duration.ofSeconds(1), ms, most),
                config.duration("sql.statement-timeout", Duration.ofSeconds(5), ms, most),
                config.duration("sql.lock-timeout", Duration.ofMillis(500), ms, most),
                config.duration("sql.transaction-timeout", Duration.ofSeconds(10), ms, most));
    }

    /** Reads the URL of a database; what it says about TLS and can't be done is noted as a fault. */
    public static URI url(Config config, String key, URI fallback) {
        var url = config.uri(key, fallback);
        SqlTls.check(config, key, url);
        return url;
    }

    /** The same, for a service that has a schema of its own. */
    public SqlConfig in(String otherSchema) {
        return new SqlConfig(
                url,
                user,
                password,
                otherSchema,
                poolSize,
                maxWaiting,
                acquireTimeout,
                statementTimeout,
                lockTimeout,
                transactionTimeout);
    }

    /** The same server and role by another pool, whose callers wait in another way. */
    public SqlConfig withPool(int connections, int mostWaiting, Duration longestWait) {
        return new SqlConfig(
                url,
                user,
                password,
                schema,
                connections,
                mostWaiting,
                longestWait,
                statementTimeout,
                lockTimeout,
                transactionTimeout);
    }
}
