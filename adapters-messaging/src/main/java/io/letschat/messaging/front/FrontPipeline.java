package io.letschat.messaging.front;

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
 * the sockets' handler, and for all that this one does not take, the way to the pages.
 */
final class FrontPipeline extends ChannelInitializer<Channel> {
  private static final List<Class<? extends ChannelHandler>> OURS =
      List.of(Watch.class, Exchange.class, Gate.class, PagesProxy.class);

  private final FrontSettings settings;
  private final Supplier<? extends ChannelHandler> sockets;
  private final InetSocketAddress pages;
  private final ChannelGroup connections;
  private final PagesRequest requests;
  private final RequestRules rules;
  private final Sweep sweep;
  private final Map<EventLoop, PagesPool> pools = new ConcurrentHashMap<>();

  FrontPipeline(
      FrontSettings settings,
      Supplier<? extends ChannelHandler> sockets,
      InetSocketAddress pages,
      String secret,
      ChannelGroup connections) {
    this.settings = settings;
    this.sockets = sockets;
    this.pages = pages;
    this.connections = connections;
    requests = new PagesRequest(settings.trusted(), secret);
    rules = new RequestRules(settings.limits());
    sweep = new Sweep(settings.limits().sweepEvery());
  }

  @Override
  protected void initChannel(Channel channel) {
    connections.add(channel);
    var limits = settings.limits();
    var decoder = new RequestDecoder(limits);
    var exchange = new Exchange(settings.refusals(), settings.trusted());
    var pool = pools.computeIfAbsent(channel.eventLoop(), this::newPool);
    channel
        .pipeline()
        .addLast(
            new Watch(limits, sweep, decoder, exchange, settings.refusals(), channel),
            decoder,
            new ResponseEncoder(exchange::answersHead),
            new OneRequestAtATime(),
            exchange,
            new Gate(rules, settings.trusted(), settings.targets(), exchange),
            sockets.get(),
            new PagesProxy(exchange, pool, requests, limits, sweep));
  }

  private PagesPool newPool(EventLoop loop) {
    var pool = new PagesPool(loop, pages, settings.limits());
    sweep.add(loop, pool);
    return pool;
  }

  /** Takes the front's handlers out once a connection has become a WebSocket. */
  static void leave(ChannelPipeline pipeline) {
    for (Class<? extends ChannelHandler> type : OURS) {
      if (pipeline.get(type) != null) {
        pipeline.remove(type);
      }
    }
  }

  void close() {
    sweep.stop();
    pools.forEach((loop, pool) -> loop.execute(pool::close));
  }
}
