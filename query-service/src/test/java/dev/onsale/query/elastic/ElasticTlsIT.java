package dev.onsale.query.elastic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onsale.embedded.StoreKind;
import dev.onsale.runtime.config.Config;
import dev.onsale.runtime.config.ConfigFault;
import dev.onsale.testkit.TestAuthority;
import dev.onsale.testkit.TestAuthority.Issued;
import dev.onsale.testkit.TestStores;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.junit5.VertxExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A real node behind TLS: the embedded one comes without its security module, so that TLS ends in front of it. */
@ExtendWith(VertxExtension.class)
class ElasticTlsIT {
    @RegisterExtension
    static final TestStores stores = TestStores.with(StoreKind.ELASTICSEARCH);

    @TempDir
    Path folder;

    private Vertx vertx;
    private TestAuthority authority;
    private int port;

    @BeforeEach
    void endTlsInFront(Vertx own) throws Exception {
        vertx = own;
        authority = new TestAuthority(folder, "stores");
        Issued shown = authority.issue("elastic", "localhost");
        NetServer front = vertx.createNetServer(new NetServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertPath(shown.certificate().toString())
                        .setKeyPath(shown.key().toString())));
        port = front.connectHandler(this::handOn)
                .listen(0, "127.0.0.1")
                .await(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private void handOn(NetSocket caller) {
        caller.pause();
        vertx.createNetClient()
                .connect(stores.elasticsearch().uri().getPort(), "127.0.0.1")
                .onFailure(away -> caller.close())
                .onSuccess(node -> {
                    caller.pipeTo(node);
                    node.pipeTo(caller);
                    caller.resume();
                });
    }

    private Elastic open(String host, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(stores.settings());
        settings.put("elasticsearch.url", "https://" + host + ":" + port);
        settings.putAll(more);
        return Elastic.open(vertx, ElasticConfig.from(Config.of(settings)));
    }

    private static Map<String, String> believing(TestAuthority whom) {
        return Map.of("elasticsearch.ca-file", whom.file().toString());
    }

    @Test
    void speaksTlsToANodeItBelieves() throws IOException {
        try (Elastic elastic = open("localhost", believing(authority))) {
            assertThat(elastic.blocking().cluster().health().clusterName()).isNotEmpty();
        }
    }

    @Test
    void doesNotTalkToAStrangerNorToAnotherHost() {
        TestAuthority stranger = new TestAuthority(folder, "stranger");
        try (Elastic unknown = open("localhost", believing(stranger));
                Elastic otherHost = open("127.0.0.1", believing(authority));
                Elastic jdkOnly = open("localhost", Map.of())) {
            for (Elastic elastic : new Elastic[] {unknown, otherHost, jdkOnly}) {
                assertThatThrownBy(() -> elastic.blocking().cluster().health()).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void doesNotStartWithAnAuthorityThatIsNone() throws IOException {
        Path none = Files.writeString(folder.resolve("none.pem"), "hello");
        Config config = Config.of(Map.of("elasticsearch.ca-file", none.toString()));

        ElasticConfig.from(config);

        assertThatThrownBy(config::check).isInstanceOf(ConfigFault.class).hasMessageContaining("elasticsearch.ca-file");
    }
}
