package dev.onsale.query.bookingsearch;

import dev.onsale.query.audit.AccessLog;
import dev.onsale.query.audit.AccessRecordRpc;
import dev.onsale.query.audit.AccessRecordStore;
import dev.onsale.query.audit.PageSeal;
import dev.onsale.query.elastic.Elastic;
import dev.onsale.query.elastic.SharedPoints;
import dev.onsale.query.freshness.Freshness;
import dev.onsale.runtime.rpc.RpcService;
import dev.onsale.runtime.sql.Database;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Puts together what support works with. */
public final class SupportDesk {
    /** Bookings are to be found within a second of being made, half of which may pass in the index. */
    private static final Duration SHARED = Duration.ofMillis(250);

    private final RpcService bookings;
    private final RpcService accessRecords;
    private final AccessLog access;

    private SupportDesk(RpcService bookings, RpcService accessRecords, AccessLog access) {
        this.bookings = bookings;
        this.accessRecords = accessRecords;
        this.access = access;
    }

    /**
     * Puts it together.
     *
     * @param vertx of the process
     * @param elastic the indexes
     * @param database PostgreSQL, as the reader role
     * @param config how support searches
     * @param projection how fresh the indexes are
     * @return its services
     */
    public static SupportDesk of(
            Vertx vertx, Elastic elastic, Database database, SupportConfig config, Freshness projection) {
        PageSeal seal = new PageSeal(config.secret());
        AccessRecordStore records = new AccessRecordStore(database);
        AccessLog access = new AccessLog(vertx, records);
        AskedQuestion asked = new AskedQuestion(config.secret());
        BookingIndex index = new BookingIndex(elastic, new SharedPoints(vertx, elastic, SHARED, config.keepPages()));
        BookingSearchRpc bookings = new BookingSearchRpc(
                new BookingSearch(index, seal),
                new MyBookings(index, seal),
                new BookingExport(index, access, asked, seal, config.maxExports()),
                new BookingSource(database),
                access,
                asked,
                projection);
        return new SupportDesk(bookings.service(), new AccessRecordRpc(records, seal).service(), access);
    }

    /**
     * `BookingSearchService`.
     *
     * @return for the RPC server
     */
    public RpcService bookings() {
        return bookings;
    }

    /**
     * `AccessRecordService`.
     *
     * @return for the RPC server
     */
    public RpcService accessRecords() {
        return accessRecords;
    }

    /**
     * Where looks at bookings are recorded.
     *
     * @return for other ways to look at them
     */
    public AccessLog access() {
        return access;
    }
}
