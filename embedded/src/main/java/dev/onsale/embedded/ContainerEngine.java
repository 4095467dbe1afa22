package dev.onsale.embedded;

import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.DockerImageName;

/**
 * A store as a container, through Testcontainers. The same container is killed, paused and started again, so port and
 * data stay.
 *
 * <p>Without access to an image registry, set {@code TESTCONTAINERS_RYUK_DISABLED=true} and
 * {@code TESTCONTAINERS_HOST_OVERRIDE=127.0.0.1} and have the three images loaded.
 */
final class ContainerEngine implements Engine {

    private final Container container;
    private final int port;
    private boolean created;

    private ContainerEngine(Container container, int port) {
        this.container = container;
        this.port = port;
    }

    static ContainerEngine of(StoreKind kind, int port) {
        Container container = switch (kind) {
            case REDIS -> redis();
            case POSTGRES -> postgres();
            case ELASTICSEARCH -> elasticsearch();
            case MAIL -> throw new IllegalArgumentException("mail runs in this JVM");
        };
        int inside = switch (kind) {
            case REDIS -> 6379;
            case POSTGRES -> 5432;
            default -> 9200;
        };
        container.publish(port, inside);
        return new ContainerEngine(container, port);
    }

    private static Container redis() {
        Container container = new Container("redis:7.4");
        container.setCommand(
                "redis-server",
                "--appendonly",
                "yes",
                "--appendfsync",
                "everysec",
                "--save",
                "",
                "--maxmemory-policy",
                "noeviction",
                "--databases",
                "" + RedisStore.DATABASES);
        return container;
    }

    private static Container postgres() {
        Container container = new Container("postgres:18");
        container.setEnv(List.of("POSTGRES_PASSWORD=" + PostgresStore.PASSWORD));
        container.setCommand("postgres", "-c", "max_connections=200", "-c", "timezone=UTC");
        return container;
    }

    private static Container elasticsearch() {
        Container container = new Container("docker.elastic.co/elasticsearch/elasticsearch:9.2.0");
        Map<String, String> settings = Map.of(
                "discovery.type", "single-node",
                "xpack.security.enabled", "false",
                "xpack.ml.enabled", "false",
                "ingest.geoip.downloader.enabled", "false",
                "cluster.routing.allocation.disk.threshold_enabled", "false",
                "action.destructive_requires_name", "false",
                "ES_JAVA_OPTS", "-Xms512m -Xmx512m");
        settings.forEach(container::addEnv);
        return container;
    }

    @Override
    public synchronized void start() {
        if (!created) {
            container.start();
            created = true;
        } else if (!alive()) {
            DockerClientFactory.lazyClient()
                    .startContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    @Override
    public synchronized void stop() {
        if (alive()) {
            DockerClientFactory.lazyClient()
                    .stopContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    @Override
    public synchronized void kill() {
        if (alive()) {
            DockerClientFactory.lazyClient()
                    .killContainerCmd(container.getContainerId())
                    .exec();
        }
    }

    @Override
    public void pause() {
        DockerClientFactory.lazyClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void resume() {
        DockerClientFactory.lazyClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void close() {
        container.stop();
    }

    @Override
    public boolean alive() {
        return created && container.isRunning();
    }

    @Override
    public String lastWords() {
        return created ? container.getLogs() : "";
    }

    @Override
    public Address address() {
        return new Address("127.0.0.1", port);
    }

    /** A container on a fixed port, ready as soon as it runs: {@link Store#start} asks the store itself. */
    private static final class Container extends GenericContainer<Container> {

        Container(String image) {
            super(DockerImageName.parse(image));
            waitingFor(new AbstractWaitStrategy() {
                @Override
                protected void waitUntilReady() {}
            });
        }

        void publish(int hostPort, int containerPort) {
            addFixedExposedPort(hostPort, containerPort);
        }
    }
}
