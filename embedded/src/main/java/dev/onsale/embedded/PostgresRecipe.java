package dev.onsale.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** PostgreSQL from the binaries Maven brings; initializes the cluster on first use. */
final class PostgresRecipe implements Recipe {

    private static final String ARCHIVE = "postgres-linux-x86_64.txz";
    private static final String UNPACKED = "postgres-18.6.0-linux-x86_64";
    private static final Map<String, String> ENVIRONMENT = Map.of("LC_ALL", "C", "PGDATA", "", "PGPORT", "");

    @Override
    public Launch prepare(StoreFolder folder, Account account, int port) {
        Path home = unpacked(account);
        Path data = folder.inner("data", account);
        if (Files.notExists(data.resolve("PG_VERSION"))) {
            initialize(home, data, folder, account);
        }
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/postgres").toString(), "-D", data.toString()));
        settings(port, folder.temporary()).forEach(setting -> command.addAll(List.of("-c", setting)));
        return new Launch(StoreKind.POSTGRES, port, command, ENVIRONMENT, List.of(home, data), "QUIT");
    }

    /** What differs from PostgreSQL's own defaults. A temporary cluster need not survive a power cut. */
    private static List<String> settings(int port, boolean temporary) {
        List<String> settings = new ArrayList<>(List.of(
                "port=" + port,
                "listen_addresses=127.0.0.1",
                "unix_socket_directories=",
                "max_connections=200",
                "shared_buffers=256MB",
                "max_wal_size=2GB",
                "dynamic_shared_memory_type=mmap",
                "track_commit_timestamp=off",
                "timezone=UTC",
                "log_timezone=UTC"));
        if (temporary) {
            settings.addAll(List.of("fsync=off", "full_page_writes=off"));
        }
        return settings;
    }

    private static void initialize(Path home, Path data, StoreFolder folder, Account account) {
        try {
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
            Path password = folder.path().resolve("password");
            Files.writeString(password, PostgresStore.PASSWORD + "\n");
            account.own(password);
            List<String> command = List.of(
                    home.resolve("bin/initdb").toString(),
                    "--pgdata=" + data,
                    "--username=" + PostgresStore.SUPERUSER,
                    "--pwfile=" + password,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C",
                    folder.temporary() ? "--no-sync" : "--sync-method=fsync");
            Programs.run(account.wrap(command, List.of(home, data)), ENVIRONMENT);
            Files.delete(password);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot initialize PostgreSQL in " + data, e);
        }
    }

    private static Path unpacked(Account account) {
        return Cache.folder(UNPACKED, account, unfinished -> {
            try (InputStream archive = PostgresRecipe.class.getResourceAsStream("/" + ARCHIVE)) {
                if (archive == null || !"amd64".equals(System.getProperty("os.arch"))) {
                    throw new StoresException("No embedded PostgreSQL for " + System.getProperty("os.arch")
                            + ": give a running one as " + StoreKind.POSTGRES.variable());
                }
                Archives.untarXz(archive, unfinished);
            }
        });
    }
}
