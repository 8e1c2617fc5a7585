package io.letschat.messaging.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event for the sockets of a namespace's rooms.
 *
 * @param from the unique id of the server that sent it; emitters call themselves {@code emitter}
 * @param arguments maps, lists, strings, longs, doubles, booleans, byte arrays or null
 * @param rooms for the sockets in any of them; none: for all
 * @param except not for the sockets in any of them
 * @param droppable not for sockets to which nothing can be written just now ({@code volatile})
 */
public record RelayedEvent(
    String from,
    String name,
    List<@Nullable Object> arguments,
    List<String> rooms,
    List<String> except,
    boolean droppable) {}
