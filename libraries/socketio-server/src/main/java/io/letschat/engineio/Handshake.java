package io.letschat.engineio;

import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The request that opened a session.
 *
 * @param headers what an application may want to know; headers of the transport itself are dropped
 * @param foreignOrigin whether an {@code Origin} other than our own host was sent (and allowed)
 */
public record Handshake(
    String uri,
    Map<String, List<String>> query,
    HttpHeaders headers,
    InetSocketAddress client,
    @Nullable SocketAddress local,
    boolean foreignOrigin,
    Instant at) {}
