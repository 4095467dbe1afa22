package dev.onsale.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onsale.runtime.Awaited;
import dev.onsale.runtime.error.Refusal;
import org.junit.jupiter.api.Test;

class RedisFaultTest {

    private static final String FULL_IN_SCRIPT_ON_6 =
            "ERR Error running script (call to f_514a7d6feb2be6c55e45643160ee4f3d6e1c7e74): @user_script:3: "
                    + "@user_script: 3: -OOM command not allowed when used memory > 'maxmemory'.";

    @Test
    void takesAFullRedisForUnavailableOnEveryVersion() {
        assertThat(Awaited.failure(RedisFault.of(FULL_IN_SCRIPT_ON_6))).isInstanceOf(Refusal.class);
        assertThat(Awaited.failure(RedisFault.of("OOM command not allowed when used memory > 'maxmemory'.")))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void keepsOtherErrorsWithTheirCode() {
        var fault = (RedisFault) Awaited.failure(RedisFault.of("WRONGTYPE Operation against a key"));

        assertThat(fault.code()).isEqualTo("WRONGTYPE");
        assertThat(RedisFault.codeOf("NOSCRIPT No matching script.")).isEqualTo("NOSCRIPT");
    }
}
