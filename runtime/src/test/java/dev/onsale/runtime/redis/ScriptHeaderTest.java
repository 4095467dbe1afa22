package dev.onsale.runtime.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptHeaderTest {

    private static final String GOOD = """
            -- Does a thing.
            --
            -- @keys   meta   hash  what it is
            --         seats  string
            -- @args   id, count
            -- @return {'DONE'}
            -- @retry  Answers the same.
            -- @flags  allow-oom
            return {'DONE'}
            """;

    @Test
    void readsTheContract() {
        var header = ScriptHeader.parse("x.lua", GOOD);

        assertThat(header.purpose()).isEqualTo("Does a thing.");
        assertThat(header.keys()).containsExactly("meta", "seats");
        assertThat(header.allowsOom()).isTrue();
        assertThat(header.accepts(2)).isTrue();
        assertThat(header.accepts(1)).isFalse();
    }

    @Test
    void takesAnyNumberOfARepeatedKey() {
        var header = ScriptHeader.parse("x.lua", GOOD.replace("seats  string", "seat...  string"));

        assertThat(header.accepts(1)).isTrue();
        assertThat(header.accepts(9)).isTrue();
        assertThat(header.accepts(0)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@keys", "@args", "@return", "@retry"})
    void refusesAScriptWithoutItsContract(String tag) {
        assertThatThrownBy(() -> ScriptHeader.parse("x.lua", GOOD.replace(tag, "")))
                .hasMessageContaining("x.lua")
                .hasMessageContaining(tag);
    }

    @Test
    void refusesAScriptWithoutPurpose() {
        assertThatThrownBy(() -> ScriptHeader.parse("x.lua", GOOD.replace("Does a thing.", "")))
                .hasMessageContaining("what the script is for");
    }
}
