/**
 * The chat without a server, for tests: every port in memory, a clock to turn, and the contracts
 * that an adapter has to keep. No network and no thread of its own, and no files but those that a
 * test shares.
 *
 * <p><b>Depend on it</b> as the test artifact of {@code letschat-application}, beside the artifact
 * itself:
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>io.letschat</groupId>
 *   <artifactId>letschat-application</artifactId>
 *   <version>0.1.0-SNAPSHOT</version>
 * </dependency>
 * <dependency>
 *   <groupId>io.letschat</groupId>
 *   <artifactId>letschat-application</artifactId>
 *   <version>0.1.0-SNAPSHOT</version>
 *   <type>test-jar</type>
 *   <scope>test</scope>
 * </dependency>
 * }</pre>
 *
 * <p><b>A working chat</b> is {@link io.letschat.testkit.Chat}, the people in it are {@link
 * io.letschat.testkit.Someone}, and what they see on their screens is in a {@link
 * io.letschat.testkit.TestConnection}:
 *
 * <pre>{@code
 * var chat = new Chat();
 * var ada = chat.someone("ada");
 * var room = ada.enters("tea kitchen", "a password");
 * var screen = ada.opens(room);
 * ada.says(room, "Is there any tea left?");
 * screen.heard(); // [Is there any tea left?]
 * chat.pass(Duration.ofHours(24)); // her session has ended
 * }</pre>
 *
 * <p>The use cases are fields of the chat, wired as in the product, so that a test can look at each
 * of their results; the limits are the usual ones unless others are given. The stores are fields,
 * too, for looking behind the scenes, and a {@link io.letschat.testkit.StoreOutage} takes them away
 * from the use cases. Together they are thread-safe; {@link io.letschat.testkit.ManualScheduler}
 * runs what falls due in the thread that lets time pass.
 *
 * <p><b>The contracts</b> are abstract tests, one for each port that somebody may write an adapter
 * for: {@code AccountsContract}, {@code SessionsContract}, {@code RoomsContract}, {@code
 * MessageLogContract}, {@code PresenceContract}, {@code RateLimiterContract} and those of media.
 * Inherit one and give it what it asks for: a fresh adapter for each test, or several over the same
 * data as {@link io.letschat.testkit.Stores}. They are written with JUnit 6 ({@code
 * org.junit.jupiter:junit-jupiter}) and AssertJ ({@code org.assertj:assertj-core}), which whoever
 * inherits them has to bring; a chat alone needs neither.
 */
@NullMarked
package io.letschat.testkit;

import org.jspecify.annotations.NullMarked;
