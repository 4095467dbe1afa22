package dev.onsale.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.embedded.Login;
import dev.onsale.embedded.PostgresStore;
import dev.onsale.embedded.StoreKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestStoresIT {

    @Nested
    class First extends Isolated {
        @RegisterExtension
        static final TestStores stores =
                TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES).migrated("one", TestStoresIT::oneRow);

        @Override
        TestStores stores() {
            return stores;
        }
    }

    @Nested
    class Second extends Isolated {
        @RegisterExtension
        static final TestStores stores =
                TestStores.with(StoreKind.REDIS, StoreKind.POSTGRES).migrated("one", TestStoresIT::oneRow);

        @Override
        TestStores stores() {
            return stores;
        }
    }

    @Nested
    class Alone {
        @RegisterExtension
        static final TestStores stores = TestStores.exclusive(StoreKind.REDIS, StoreKind.POSTGRES);

        @Test
        void mayKillItsStores() throws SQLException {
            stores.redis().restart();
            stores.postgres().restart();
            assertThat(stores.redis().command("PING")).isEqualTo("+PONG");
            assertThat(stores.connect(stores.postgres().app()).isValid(5)).isTrue();
        }
    }

    abstract static class Isolated {

        abstract TestStores stores();

        @Test
        void eachClassFindsTheDatabaseAsMigratedAndRedisEmpty() throws SQLException {
            assertThat(stores().redis().command("SELECT " + redisNumber(), "DBSIZE"))
                    .isEqualTo(":0");
            stores().redis().command("SELECT " + redisNumber(), "SET left behind");
            try (Connection connection = stores().connect(stores().postgres().owner());
                    Statement sql = connection.createStatement();
                    ResultSet rows = sql.executeQuery("SELECT count(*) FROM t")) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(1);
                sql.execute("INSERT INTO t VALUES (2)");
            }
        }

        private String redisNumber() {
            return stores().redisUri().getPath().substring(1);
        }
    }

    private static void oneRow(String jdbcUrl, Login owner) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, owner.user(), owner.password());
                Statement sql = connection.createStatement()) {
            sql.execute("CREATE TABLE t (n int)");
            sql.execute("INSERT INTO t VALUES (1)");
        } catch (SQLException e) {
            throw new AssertionError("No table in " + PostgresStore.DATABASE, e);
        }
    }
}
