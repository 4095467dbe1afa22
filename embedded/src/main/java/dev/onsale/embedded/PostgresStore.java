package dev.onsale.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/**
 * A PostgreSQL server with the database {@code onsale} and its three roles: the owner (migrations, DDL), the application
 * (rows only) and the reader (the published views only).
 */
public final class PostgresStore extends Store {

    /** The database the services use. */
    public static final String DATABASE = "onsale";

    static final String SUPERUSER = "postgres";
    static final String PASSWORD = "onsale";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final int MOST_TRIES = 40;
    private static final long PAUSE_NANOS = 250_000_000;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    private final URI uri;
    private final Logins logins;
    private final boolean ours;

    /** The credentials of the three roles. */
    record Logins(Login owner, Login app, Login reader) {
        static final Logins EMBEDDED = new Logins(
                new Login("onsale_owner", PASSWORD),
                new Login("onsale_app", PASSWORD),
                new Login("onsale_reader", PASSWORD));
    }

    /** A server we run, whose database and roles we make. */
    PostgresStore(Engine engine) {
        super(StoreKind.POSTGRES, engine);
        this.uri = URI.create("postgresql://" + engine.address() + "/" + DATABASE);
        this.logins = Logins.EMBEDDED;
        this.ours = true;
    }

    /** A server given by URL, where database and roles exist. */
    PostgresStore(Engine engine, URI uri, Logins logins) {
        super(StoreKind.POSTGRES, engine);
        this.uri = uri;
        this.logins = logins;
        this.ours = false;
    }

    /** {@code postgresql://host:port/onsale}, without credentials. */
    @Override
    public URI uri() {
        return uri;
    }

    /** {@code postgresql://host:port/database}. */
    public URI uri(String database) {
        return uri.resolve("/" + database);
    }

    /** {@code jdbc:postgresql://host:port/onsale}, for Flyway. */
    public String jdbcUrl() {
        return "jdbc:" + uri;
    }

    /** The JDBC URL of another database of this server. */
    public String jdbcUrl(String database) {
        return "jdbc:" + uri(database);
    }

    /** The role that owns the schema and may create databases. */
    public Login owner() {
        return logins.owner();
    }

    /** The role of the services: rows, no DDL. */
    public Login app() {
        return logins.app();
    }

    /** The role of the read side: SELECT on the published views. */
    public Login reader() {
        return logins.reader();
    }

    /** Opens a plain JDBC connection to the database of this name. */
    public Connection connect(String database, Login login) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database), login.user(), login.password());
    }

    /** Creates an empty database of the owner's. */
    public void createDatabase(String name) {
        asOwner("CREATE DATABASE " + checked(name));
    }

    /** Creates a database with all that the template holds; nobody may be connected to the template. */
    public void createDatabase(String name, String template) {
        asOwner("CREATE DATABASE " + checked(name) + " TEMPLATE " + checked(template) + " STRATEGY FILE_COPY");
    }

    /** Drops the database if it exists, closing the connections to it. The server's own vacuum can't be closed: it is waited for. */
    public void dropDatabase(String name) {
        for (int tries = 1; ; tries++) {
            try {
                asOwner("DROP DATABASE IF EXISTS " + checked(name) + " WITH (FORCE)");
                return;
            } catch (StoresException refused) {
                if (tries >= MOST_TRIES || !isForeignConnection(refused)) {
                    throw refused;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    private static boolean isForeignConnection(StoresException refused) {
        return refused.getCause() instanceof SQLException e && INSUFFICIENT_PRIVILEGE.equals(e.getSQLState());
    }

    private static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("database name: " + name + " (expected: " + NAME + ")");
        }
        return name;
    }

    private void asOwner(String statement) {
        String database = uri.getPath().substring(1);
        try (Connection connection = connect(database, owner());
                Statement sql = connection.createStatement()) {
            sql.execute(statement);
        } catch (SQLException e) {
            throw new StoresException("postgres refused: " + statement, e);
        }
    }

    @Override
    void ping() throws IOException {
        Login login = ours ? new Login(SUPERUSER, PASSWORD) : owner();
        String database = ours ? "postgres" : uri.getPath().substring(1);
        try (Connection connection = connect(database, login);
                Statement sql = connection.createStatement()) {
            sql.execute("SELECT 1");
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    @Override
    void prepare() throws IOException {
        if (!ours) {
            return;
        }
        try (Connection connection = connect("postgres", new Login(SUPERUSER, PASSWORD));
                Statement sql = connection.createStatement()) {
            sql.execute(resource("roles.sql"));
            if (!databaseExists(connection)) {
                sql.execute("CREATE DATABASE " + DATABASE + " OWNER " + owner().user());
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static boolean databaseExists(Connection connection) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?")) {
            query.setString(1, DATABASE);
            try (ResultSet found = query.executeQuery()) {
                return found.next();
            }
        }
    }

    private static String resource(String name) {
        try (InputStream content = PostgresStore.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(content, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
