package io.letschat.messaging.relay;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The names of the channels. Those that servers of another kind share are {@code
 * @socket.io/redis-adapter}'s: {@code <key>#/#} for all, {@code <key>#/#<room>#} for one room.
 * Channels know nothing of the databases of Redis, so the nodes' own carries the installation.
 *
 * @param key the adapter's option {@code key}
 * @param installation which LetsChat it is; no other one has that id
 */
public record Channels(String key, String installation) {
  /** The adapter's default. */
  public static final String USUAL_KEY = "socket.io";

  String all() {
    return key + "#/#";
  }

  byte[] of(String room) {
    return (all() + room + "#").getBytes(UTF_8);
  }

  /** The room of a channel; of one that is of no room, its name. */
  String room(String channel) {
    // The channel of all rooms ends as it begins, with the same sign.
    return channel.length() > all().length() && channel.startsWith(all()) && channel.endsWith("#")
        ? channel.substring(all().length(), channel.length() - 1)
        : channel;
  }

  String requests() {
    return key + "-request#/#";
  }

  byte[] responses(RelayRequest.Requester requester) {
    return (key + "-response#/#" + requester.uid().map(uid -> uid + "#").orElse(""))
        .getBytes(UTF_8);
  }

  /** What the nodes of this installation tell each other. */
  String news() {
    return newsOf(installation);
  }

  /** The pattern of {@link #news} of every installation that uses the key. */
  String newsOfAll() {
    return newsOf("*");
  }

  /** The installation that a channel of {@link #newsOfAll} belongs to. */
  static String installationOf(String channel) {
    return channel.substring(channel.lastIndexOf('#') + 1);
  }

  private String newsOf(String whose) {
    return "letschat#nodes#" + key + "#" + whose;
  }
}
