package io.letschat.gateway;

import io.letschat.gateway.http.DeadlineSweeper;
import io.letschat.gateway.http.HttpExchange;
import io.letschat.gateway.http.RequestDecoder;
import io.letschat.gateway.http.RequestRules;
import io.letschat.gateway.http.RequestValidationHandler;
import io.letschat.gateway.http.ResponseEncoder;
import io.letschat.gateway.http.SlowClientTimeoutHandler;
import io.letschat.gateway.proxy.ReverseProxyHandler;
import io.letschat.gateway.proxy.UpstreamPool;
import io.letschat.gateway.proxy.UpstreamRequestFactory;
import io.letschat.netty.http.HttpPipeliningHandler;
import io.letschat.protocol.GatewaySecret;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * What a connection goes through: the clock, the strict codec, one request at a time, the rules,
 * the sockets' handler, and for all that this one does not take, the reverse proxy.
 */
final class GatewayChannelInitializer extends ChannelInitializer<Channel> {
  private static final List<Class<? extends ChannelHandler>> HTTP_HANDLERS =
      List.of(
          SlowClientTimeoutHandler.class,
          HttpExchange.class,
          RequestValidationHandler.class,
          ReverseProxyHandler.class);

  private final GatewaySettings settings;
  private final Supplier<? extends ChannelHandler> sockets;
  private final InetSocketAddress upstream;
  private final ChannelGroup connections;
  private final UpstreamRequestFactory requests;
  private final RequestRules rules;
  private final DeadlineSweeper deadlineSweeper;
  private final Map<EventLoop, UpstreamPool> pools = new ConcurrentHashMap<>();

  GatewayChannelInitializer(
      GatewaySettings settings,
      Supplier<? extends ChannelHandler> sockets,
      InetSocketAddress upstream,
      GatewaySecret secret,
      ChannelGroup connections) {
    this.settings = settings;
    this.sockets = sockets;
    this.upstream = upstream;
    this.connections = connections;
    requests = new UpstreamRequestFactory(settings.trusted(), secret);
    rules = new RequestRules(settings.limits());
    deadlineSweeper = new DeadlineSweeper(settings.limits().sweepEvery());
  }

  @Override
  protected void initChannel(Channel channel) {
    connections.add(channel);
    var limits = settings.limits();
    var decoder = new RequestDecoder(limits);
    var exchange =
        new HttpExchange(
            settings.rejections(), settings.trusted(), GatewayChannelInitializer::removeHandlers);
    var pool = pools.computeIfAbsent(channel.eventLoop(), this::newPool);
    channel
        .pipeline()
        .addLast(
            new SlowClientTimeoutHandler(
                limits, deadlineSweeper, decoder, exchange, settings.rejections(), channel),
            decoder,
            new ResponseEncoder(exchange::answersHead),
            new HttpPipeliningHandler(),
            exchange,
            new RequestValidationHandler(rules, settings.trusted(), settings.targets(), exchange),
            sockets.get(),
            new ReverseProxyHandler(exchange, pool, requests, limits, deadlineSweeper));
  }

  private UpstreamPool newPool(EventLoop loop) {
    var pool = new UpstreamPool(loop, upstream, settings.limits());
    deadlineSweeper.add(loop, pool);
    return pool;
  }

  /** Removes the gateway's handlers once a connection has become a WebSocket. */
  private static void removeHandlers(ChannelPipeline pipeline) {
    for (Class<? extends ChannelHandler> type : HTTP_HANDLERS) {
      if (pipeline.get(type) != null) {
        pipeline.remove(type);
      }
    }
  }

  void close() {
    deadlineSweeper.stop();
    pools.forEach((loop, pool) -> loop.execute(pool::close));
  }
}
