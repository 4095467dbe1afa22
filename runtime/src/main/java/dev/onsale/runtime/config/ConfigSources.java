package dev.onsale.runtime.config;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** Where settings come from, flattened to {@code key.with.dots -> text}. */
final class ConfigSources {

    private static final String ENV_PREFIX = "ONSALE_";

    private ConfigSources() {}

    /** {@code ONSALE_HOLD_MAX_SEATS} answers {@code hold.max-seats}: dots and dashes are both underscores. */
    static @Nullable String fromEnvironment(Map<String, String> environment, String key) {
        return environment.get(
                ENV_PREFIX + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT));
    }

    static Map<String, String> fromFile(Path file) {
        try (Reader reader = Files.newBufferedReader(file)) {
            if (file.toString().endsWith(".properties")) {
                return fromProperties(reader);
            }
            var options = new LoaderOptions();
            options.setAllowDuplicateKeys(false);
            Object document = new Yaml(new SafeConstructor(options)).load(reader); // JSON is YAML too.
            var flat = new HashMap<String, String>();
            flatten("", document, flat);
            return flat;
        } catch (IOException e) {
            throw new UncheckedIOException("Can't read the settings in " + file, e);
        } catch (YAMLException e) {
            throw new ConfigFault(List.of(file + ": " + e.getMessage()));
        }
    }

    private static Map<String, String> fromProperties(Reader reader) throws IOException {
        var properties = new Properties();
        properties.load(reader);
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, name -> properties.getProperty(name)));
    }

    private static void flatten(String path, @Nullable Object node, Map<String, String> into) {
        if (node instanceof Map<?, ?> map) {
            map.forEach((key, value) -> flatten(path.isEmpty() ? key.toString() : path + "." + key, value, into));
        } else if (node instanceof List<?> list) {
            into.put(path, list.stream().map(String::valueOf).collect(Collectors.joining(",")));
        } else if (node != null) {
            into.put(path, node.toString());
        }
    }
}
