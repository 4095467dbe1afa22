package dev.onsale.embedded;

/**
 * A database role and its password.
 *
 * @param user the role's name
 * @param password its password; for embedded stores a fixed one, since they listen on loopback only
 */
public record Login(String user, String password) {

    @Override
    public String toString() {
        return "Login[" + user + "]";
    }
}
