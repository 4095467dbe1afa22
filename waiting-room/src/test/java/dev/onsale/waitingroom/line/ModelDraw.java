package dev.onsale.waitingroom.line;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

/** A draw of the model: positions of the lobby, thrown together once it has ended. */
final class ModelDraw {

    private final LineModel model;
    private final Random random;
    private List<Long> drawn = List.of();

    ModelDraw(LineModel model, Random random) {
        this.model = model;
        this.random = random;
    }

    long position(long entry) {
        draw();
        if (entry == 0 || model.state == LineState.LOBBY) {
            return 0;
        }
        return entry > drawn.size() ? entry : drawn.get((int) entry - 1);
    }

    long entry(long position) {
        draw();
        return position > drawn.size() ? position : drawn.indexOf(position) + 1;
    }

    private void draw() {
        if (drawn.isEmpty() && model.lobby > 0) {
            drawn = new ArrayList<>(
                    LongStream.rangeClosed(1, model.lobby).boxed().toList());
            Collections.shuffle(drawn, random);
        }
    }

    /** SHA-1 over the digest so far and the next fingerprint. */
    static byte[] roll(byte[] digest, long fingerprint) {
        return sha1(ByteBuffer.allocate(28).put(digest).putLong(fingerprint).array());
    }

    /** The same over the first and the last of entries whose accounts were lost. */
    static byte[] rollGap(byte[] digest, long first, long last) {
        return sha1(
                ByteBuffer.allocate(36).put(digest).putLong(first).putLong(last).array());
    }

    private static byte[] sha1(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-1").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
