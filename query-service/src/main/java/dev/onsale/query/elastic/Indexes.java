package dev.onsale.query.elastic;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch.indices.ElasticsearchIndicesClient;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Creates, swaps and deletes the versioned indexes behind the aliases. Blocks: for virtual threads. */
public final class Indexes {
    private static final String FIRST = "g1";

    private final Elastic elastic;

    /**
     * Indexes of a cluster.
     *
     * @param elastic the connection
     */
    public Indexes(Elastic elastic) {
        this.elastic = elastic;
    }

    /**
     * Tells which aliases are missing.
     *
     * @return the kinds that have no index
     * @throws IOException if Elasticsearch is away
     */
    public Set<IndexKind> missing() throws IOException {
        Set<IndexKind> missing = new HashSet<>();
        for (IndexKind kind : IndexKind.values()) {
            String alias = elastic.live().name(kind);
            if (!client().existsAlias(exists -> exists.name(alias)).value()) {
                missing.add(kind);
            }
        }
        return missing;
    }

    /**
     * Makes aliases, each over a new empty index.
     *
     * @param kinds which
     * @throws IOException if Elasticsearch is away
     */
    public void createFirst(Set<IndexKind> kinds) throws IOException {
        for (IndexKind kind : kinds) {
            createBehindAlias(kind, elastic.live().name(kind));
        }
    }

    /**
     * Adds to the indexes in use the fields that they don't know yet, because an earlier release made them. What they know
     * stays as it is; documents get the new fields when they are written next.
     *
     * @param missing kinds that have no index
     * @throws IOException if Elasticsearch is away
     */
    public void widen(Set<IndexKind> missing) throws IOException {
        for (IndexKind kind : IndexKind.values()) {
            if (!missing.contains(kind)) {
                String alias = elastic.live().name(kind);
                String mappings = mappings(kind);
                client().putMapping(put -> put.index(alias).withJson(new StringReader(mappings)));
            }
        }
    }

    /**
     * An index that is read.
     *
     * @param kind what it is for
     * @param alias what it is read by
     * @param index its name
     * @param version version of the definition it was made by
     */
    public record Live(IndexKind kind, String alias, String index, int version) {
        /**
         * Tells whether it was made by a definition that ours is not compatible with.
         *
         * @return true if it has to be made anew
         */
        public boolean outdated() {
            return version < kind.version();
        }
    }

    /**
     * Tells what is read.
     *
     * @return an entry for each index behind an alias
     * @throws IOException if Elasticsearch is away
     */
    public List<Live> live() throws IOException {
        List<Live> live = new ArrayList<>();
        for (IndexKind kind : IndexKind.values()) {
            String alias = elastic.live().name(kind);
            for (String index : behind(alias)) {
                live.add(new Live(kind, alias, index, version(index)));
            }
        }
        return live;
    }

    /** Indexes made before definitions had a version have the first one. */
    private int version(String index) throws IOException {
        var mapping = client().getMapping(get -> get.index(index)).get(index);
        var version = mapping == null ? null : mapping.mappings().meta().get("version");
        return version == null ? 1 : version.to(Integer.class);
    }

    private static String mappings(IndexKind kind) throws IOException {
        try (InputStream definition = kind.definition()) {
            return new JsonObject(Buffer.buffer(definition.readAllBytes()))
                    .getJsonObject("mappings")
                    .encode();
        }
    }

    /**
     * Creates new, empty indexes, without aliases.
     *
     * @param targets their names
     * @throws IOException if Elasticsearch is away
     */
    public void create(IndexTargets targets) throws IOException {
        for (IndexKind kind : IndexKind.values()) {
            create(kind, targets.name(kind));
        }
    }

    /**
     * Points all aliases to other indexes in one step, so that no reader sees a mixture.
     *
     * @param targets the indexes to be read from now on
     * @return names of the indexes that were read until now
     * @throws IOException if Elasticsearch is away
     */
    public Set<String> swap(IndexTargets targets) throws IOException {
        List<Action> actions = new ArrayList<>();
        Set<String> old = new HashSet<>();
        for (IndexKind kind : IndexKind.values()) {
            String alias = elastic.live().name(kind);
            for (String index : behind(alias)) {
                old.add(index);
                actions.add(Action.of(
                        action -> action.remove(remove -> remove.index(index).alias(alias))));
            }
            actions.add(Action.of(action ->
                    action.add(add -> add.index(targets.name(kind)).alias(alias).isWriteIndex(true))));
        }
        client().updateAliases(update -> update.actions(actions));
        return old;
    }

    /**
     * Deletes indexes; those that are gone already are passed over.
     *
     * @param names exact names
     * @throws IOException if Elasticsearch is away
     */
    public void delete(Set<String> names) throws IOException {
        for (String name : names) {
            client().delete(delete -> delete.index(name).ignoreUnavailable(true));
        }
    }

    /**
     * Finds indexes of ours that no alias points to: what an interrupted rebuild left.
     *
     * @return exact names
     * @throws IOException if Elasticsearch is away
     */
    public Set<String> orphans() throws IOException {
        Set<String> orphans = new HashSet<>();
        for (IndexKind kind : IndexKind.values()) {
            String alias = elastic.live().name(kind);
            Pattern ours = Pattern.compile(Pattern.quote(alias) + "-g\\d+");
            client().get(get -> get.index(alias + "-g*").allowNoIndices(true)).indices().keySet().stream()
                    .filter(name -> ours.matcher(name).matches())
                    .forEach(orphans::add);
            orphans.removeAll(behind(alias));
        }
        return orphans;
    }

    /**
     * Makes everything written so far visible to searches.
     *
     * @param targets which indexes
     * @throws IOException if Elasticsearch is away
     */
    public void refresh(IndexTargets targets) throws IOException {
        client().refresh(refresh -> refresh.index(List.copyOf(targets.names().values())));
    }

    private Set<String> behind(String alias) throws IOException {
        if (!client().existsAlias(exists -> exists.name(alias)).value()) {
            return Set.of();
        }
        return Set.copyOf(client().getAlias(get -> get.name(alias)).aliases().keySet());
    }

    private void createBehindAlias(IndexKind kind, String alias) throws IOException {
        String name = alias + "-" + FIRST; // The same on every node, so that two that start at once make one.
        create(kind, name);
        client().putAlias(put -> put.index(name).name(alias).isWriteIndex(true));
    }

    private void create(IndexKind kind, String name) throws IOException {
        try (InputStream definition = kind.definition()) {
            client().create(create -> create.index(name).withJson(definition));
        } catch (ElasticsearchException e) {
            if (!"resource_already_exists_exception".equals(e.error().type())) {
                throw e;
            }
        }
    }

    private ElasticsearchIndicesClient client() {
        return elastic.patient().indices();
    }
}
