package dev.onsale.query.audit;

import com.google.protobuf.Message;
import dev.onsale.runtime.error.Refusal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** Tokens that say where a list goes on. Signed for one caller and one question: nobody can make, alter or borrow one. */
public final class PageSeal {
    private final SupportSecret secret;

    /**
     * A seal.
     *
     * @param secret signs
     */
    public PageSeal(SupportSecret secret) {
        this.secret = secret;
    }

    /**
     * What a token is for.
     *
     * @param field the field it is sent in, for refusals
     * @param caller the account that asks
     * @param question what is asked, apart from the page
     */
    public record Owner(String field, String caller, Message question) {}

    /**
     * Makes a token.
     *
     * @param owner what it is for
     * @param content where the list goes on
     * @return letters, digits, dashes, underscores and a dot
     */
    public String seal(Owner owner, JsonArray content) {
        String body = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(content.encode().getBytes(StandardCharsets.UTF_8));
        return body + "." + signature(owner, body);
    }

    /**
     * Reads a token.
     *
     * @param owner what it must be for
     * @param token from an earlier answer
     * @return where the list goes on; throws INVALID_FIELD if it is not from an answer to this caller and question
     */
    public JsonArray open(Owner owner, String token) {
        int dot = token.indexOf('.');
        if (dot < 0 || !same(signature(owner, token.substring(0, dot)), token.substring(dot + 1))) {
            throw wrong(owner);
        }
        try {
            return new JsonArray(
                    new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | DecodeException e) {
            throw wrong(owner);
        }
    }

    private String signature(Owner owner, String body) {
        return secret.sign(
                owner.question.getDescriptorForType().getFullName(),
                owner.caller.getBytes(StandardCharsets.UTF_8),
                owner.question.toByteArray(),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal wrong(Owner owner) {
        return Refusal.invalid(owner.field, "is not from an answer to this question and caller");
    }
}
