package dev.onsale.tools.rush;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.jspecify.annotations.Nullable;

/** One stage's bar on the error stream; nothing if told to be quiet. */
final class Progress implements AutoCloseable {
    private final @Nullable ProgressBar bar;

    private Progress(@Nullable ProgressBar bar) {
        this.bar = bar;
    }

    static Progress of(String stage, long steps, boolean quiet) {
        return new Progress(
                quiet
                        ? null
                        : new ProgressBarBuilder()
                                .setTaskName(stage)
                                .setInitialMax(steps)
                                .setUpdateIntervalMillis(500)
                                .build());
    }

    void step() {
        if (bar != null) {
            bar.step();
        }
    }

    void at(long steps) {
        if (bar != null) {
            bar.stepTo(steps);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
