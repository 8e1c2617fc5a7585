package io.letschat.application.recovery;

import io.letschat.domain.account.UserId;
import io.letschat.domain.message.Seq;
import io.letschat.domain.room.RoomEpoch;
import io.letschat.domain.room.RoomId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Where a socket is, written down whenever it joins or leaves a room, so that somebody else can
 * tell after it was lost.
 *
 * @param holder the connection that may change it
 * @param socket the id by which others know the socket
 * @param dialect what it speaks
 * @param cameWith the offset that the client had from an earlier socket when this one began: it
 *     says nothing about this one
 * @param latest the latest join; empty when there was none
 * @param places the rooms that it is in
 */
public record RecoveryState(
    Key key,
    String holder,
    String socket,
    String dialect,
    Optional<StreamOffset> cameWith,
    Optional<Join> latest,
    List<Place> places) {

  /**
   * @param user only a socket of the same user finds it
   * @param pid a secret between the client and us
   */
  public record Key(UserId user, String pid) {}

  /**
   * @param name no other join of any socket has it
   */
  public record Join(RoomId room, String name) {}

  /**
   * A room that the socket is in.
   *
   * @param joined the number up to which the answer to its join goes
   * @param reached up to where messages had been sent to the socket when the latest join, of
   *     whichever room, was answered
   */
  public record Place(RoomId room, RoomEpoch epoch, Seq joined, Seq reached) {}

  public RecoveryState {
    places = List.copyOf(places);
  }

  /**
   * The socket has joined a room, or the same room again.
   *
   * @param reached tells, for the other rooms, up to where messages have been sent to it
   */
  public RecoveryState joined(
      RoomId room, RoomEpoch epoch, Seq last, String name, UnaryOperator<Place> reached) {
    List<Place> now = new ArrayList<>();
    places.stream().filter(place -> !place.room.equals(room)).map(reached).forEach(now::add);
    now.add(new Place(room, epoch, last, last));
    return new RecoveryState(
        key, holder, socket, dialect, cameWith, Optional.of(new Join(room, name)), now);
  }

  /** Only the rooms that it is still in. */
  public RecoveryState in(Predicate<RoomId> stillIn) {
    List<Place> left = places.stream().filter(place -> stillIn.test(place.room)).toList();
    return new RecoveryState(key, holder, socket, dialect, cameWith, latest, left);
  }

  public RecoveryState heldBy(String connection) {
    return new RecoveryState(key, connection, socket, dialect, cameWith, latest, places);
  }

  public RecoveryState speaking(String spoken) {
    return new RecoveryState(key, holder, socket, spoken, cameWith, latest, places);
  }

  /**
   * The room of the offset, if it proves that the client has received the answers to all its joins,
   * and what was sent up to {@link Place#reached} in the other rooms.
   */
  Optional<Place> provenBy(StreamOffset streamOffset) {
    boolean stale = cameWith.filter(streamOffset::equals).isPresent();
    // What was sent in another room may have been sent before the latest join was answered.
    boolean enough =
        places.size() == 1
            || latest.filter(join -> join.room.equals(streamOffset.room())).isPresent();
    return places.stream()
        .filter(place -> place.room.equals(streamOffset.room()))
        .filter(place -> !stale && enough && isAfterJoin(streamOffset, place))
        .findFirst();
  }

  /** A message after the join is sent after its answer; so is the event that names the join. */
  private boolean isAfterJoin(StreamOffset streamOffset, Place place) {
    return streamOffset.join().isEmpty()
        ? streamOffset.seq().isAfter(place.joined)
        : streamOffset.seq().equals(place.joined)
            && latest.equals(Optional.of(new Join(place.room, streamOffset.join().get())));
  }
}
