package io.letschat.application.delivery;

import io.letschat.domain.message.Message;

/** Hears how messages reach the sockets of this node, to measure it. Quick, and does not throw. */
public interface DeliveryObserver {
  /** Hears and does nothing. */
  DeliveryObserver NONE =
      new DeliveryObserver() {
        @Override
        public void delivered(Message message, Source source) {}

        @Override
        public Gap gapOpened() {
          return fromLog -> {};
        }
      };

  /** How this node came to a message. */
  enum Source {
    /** It was said here. */
    HERE,
    /** Another node has told. */
    OTHER_NODE,
    /** It was looked up, because nobody had told. */
    LOG
  }

  /** The message is on its way to all who listen here. */
  void delivered(Message message, Source source);

  /** A message of a room is missing here; those after it wait. */
  Gap gapOpened();

  /** Messages that are missing until they come. */
  @FunctionalInterface
  interface Gap {
    /**
     * Nothing is missing any more.
     *
     * @param fromLog how many messages had to be looked up; 0 if they came by themselves
     */
    void closed(int fromLog);
  }
}
