package io.letschat.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.letschat.netty.testing.WebSocketConnection;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A client that does as it should while others do not: it answers pings and reads all. */
final class WellBehavedClient implements AutoCloseable {
  private final WebSocketConnection socket;
  private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private int asked;
  private volatile int news;
  private volatile String broken = "";

  WellBehavedClient(int port) throws IOException {
    socket = new WebSocketConnection(port, RawSocketIo.V5);
    send("40");
    Thread.ofVirtual().start(this::read);
  }

  private synchronized void send(String text) throws IOException {
    socket.send(text);
  }

  private void read() {
    try {
      while (true) {
        String text = socket.text();
        if (text.equals("2")) {
          send("3");
        } else if (text.startsWith("43")) {
          answers.add(text);
        } else if (text.startsWith("42[\"news\",")) {
          onNews(text);
        }
      }
    } catch (IOException e) {
      broken = e.toString();
    }
  }

  private void onNews(String text) throws IOException {
    if (!text.startsWith(news + ",", 10)) {
      broken = "expected " + news + ", got " + text.substring(0, 20);
    }
    news++;
    if (news % 10 == 0) {
      send("42[\"heard\"]");
    }
  }

  /** How many broadcasts came, each after the one before. */
  int news() {
    assertThat(broken).isEmpty();
    return news;
  }

  void startOver() {
    news = 0;
  }

  /** Asks the server, which answers as ever. */
  void isServed() throws Exception {
    String id = Integer.toString(asked++);
    send("42" + id + "[\"ask\",\"still here?\"]");
    String answer = answers.poll(30, TimeUnit.SECONDS);
    assertThat(answer).as("broken: %s", broken).isEqualTo("43" + id + "[\"still here?\"]");
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
