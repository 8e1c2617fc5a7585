package org.example.embedding;

import io.letschat.testkit.Chat;



import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class TwoPeopleInARoomTest {
  @Test
  void ada_and_bob_talk() {
    var chat = new Chat();
    var ada = chat.someone("ada");
    var bob = chat.someone("bob");
    var room = ada.enters("tea kitchen", "a password");
    bob.enters("tea kitchen", "a password");
    var bobsScreen = bob.opens(room);

    ada.says(room, "Is there any tea left?");
    bob.says(room, "Plenty.");

    assertThat(bobsScreen.heard()).containsExactly("Is there any tea left?", "Plenty.");
    assertThat(ada.reads(room)).isEqualTo(bobsScreen.messages());
  }

  /** Of the processor's time, which does not depend on what else the machine does. */
  @Test
  void they_need_less_than_a_second() {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();

    ada_and_bob_talk();

    assertThat(threads.getCurrentThreadCpuTime() - before).isLessThan(1_000_000_000);
  }
}
