package dev.onsale.command.saga;

import static dev.onsale.command.saga.Step.background;
import static dev.onsale.command.saga.Step.pivot;
import static dev.onsale.command.saga.Step.retryable;
import static dev.onsale.command.saga.Step.undoable;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A saga that notes what it does. Its data counts the steps done; a step can be told what to answer. */
final class Journey implements Saga<JsonObject> {
    final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
    final Map<String, Step.Work<JsonObject>> scripted = new ConcurrentHashMap<>();

    @Override
    public String kind() {
        return "journey";
    }

    @Override
    public List<Step<JsonObject>> steps() {
        return List.of(
                undoable("pack", work("pack"), work("unpack")),
                undoable("ride", work("ride"), work("return")),
                pivot("fly", work("fly")),
                retryable("arrive", work("arrive")),
                background("write-home", work("write-home")));
    }

    private Step.Work<JsonObject> work(String name) {
        return (data, attempt) -> {
            log.add(name);
            Step.Work<JsonObject> script = scripted.get(name);
            return script != null ? script.run(data, attempt) : counted(data);
        };
    }

    static Outcome<JsonObject> counted(JsonObject data) {
        return Outcome.done(data.copy().put("count", data.getInteger("count", 0) + 1));
    }

    @Override
    public JsonObject read(JsonObject data) {
        return data;
    }

    @Override
    public JsonObject write(JsonObject data) {
        return data;
    }
}
