package io.letschat.bootstrap.lifecycle;

import io.letschat.bootstrap.settings.SettingsRefused;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;

/** The public port: whether it can be had, before anything else takes its time, and its URL. */
public final class ListeningPort {
  private static final int FIRST_ORDINARY = 1024;

  private ListeningPort() {}

  /**
   * @throws SettingsRefused with what is wrong and what to do
   */
  public static void check(InetSocketAddress address) throws SettingsRefused {
    try (ServerSocketChannel channel = ServerSocketChannel.open()) {
      channel.bind(address);
    } catch (IOException e) {
      throw refused(address, e);
    }
  }

  /** For what {@link #check} said, and for a port that somebody took since. */
  public static SettingsRefused refused(InetSocketAddress address, Throwable why) {
    return new SettingsRefused(List.of(sentence(address, why)));
  }

  private static String sentence(InetSocketAddress address, Throwable why) {
    String host = address.getAddress().getHostAddress();
    int port = address.getPort();
    if (!isOfThisMachine(address)) {
      return "HOST: "
          + host
          + " is no address of this machine; 127.0.0.1 is this machine alone, 0.0.0.0 all its"
          + " addresses.";
    }
    String message = String.valueOf(why.getMessage());
    if (message.contains("in use")) {
      return "PORT: "
          + port
          + " is taken at "
          + host
          + " by another program, perhaps another LetsChat; end that one, or set PORT to another"
          + " number.";
    }
    if (port < FIRST_ORDINARY && message.contains("denied")) {
      return "PORT: ports below 1024, such as "
          + port
          + ", are for the system's administrator; set PORT to a higher one, with a reverse proxy"
          + " in front of it.";
    }
    return "PORT: cannot listen on " + host + ":" + port + " (" + message + ").";
  }

  private static boolean isOfThisMachine(InetSocketAddress address) {
    try {
      return address.getAddress().isAnyLocalAddress()
          || address.getAddress().isLoopbackAddress()
          || NetworkInterface.getByInetAddress(address.getAddress()) != null;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Where a browser on this machine finds the server. */
  static String url(InetSocketAddress bind, int port) {
    InetAddress host = bind.getAddress();
    String name =
        host.isLoopbackAddress() || host.isAnyLocalAddress()
            ? "localhost"
            : NetUtil.toSocketAddressString(host.getHostAddress(), port)
                .replaceFirst(":[0-9]+$", "");
    return "http://" + name + ":" + port;
  }
}
