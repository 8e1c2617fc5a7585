package io.letschat.persistence.redis.presence;

/**
 * What changes who is there, each in one step; {@link Redis#script} makes the keys ours.
 *
 * <ul>
 *   <li>{@code letschat:presence:<room>:people}: user ids, scored by the order in which they came
 *   <li>{@code letschat:presence:<room>:of:<user>}: the ids of that user's sockets in the room
 *   <li>{@code letschat:presence:node:<node>}: {@code <room> <user> <socket>} of that node
 *   <li>{@code letschat:presence:nodes}: nodes, scored by when they were last heard of, in ms
 * </ul>
 */
final class PresenceScripts {
  private static final String LEAVE =
      """
      local function leave(room, user, socket)
        local at = 'letschat:presence:' .. room
        local sockets = at .. ':of:' .. user
        if redis.call('SREM', sockets, socket) == 0 or redis.call('EXISTS', sockets) == 1 then
          return false
        end
        redis.call('ZREM', at .. ':people', user)
        return true
      end
      """;

  /** ARGV: node, room, user, socket. 1 if it is the user's first socket, or 0; how many people. */
  static final String ARRIVE =
      """
      local at = 'letschat:presence:' .. ARGV[2]
      local sockets = at .. ':of:' .. ARGV[3]
      local first = 0
      redis.call('SADD', 'letschat:presence:node:' .. ARGV[1],
                 ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[4])
      if redis.call('SADD', sockets, ARGV[4]) == 1 and redis.call('SCARD', sockets) == 1 then
        redis.call('ZADD', at .. ':people', redis.call('INCR', 'letschat:presence:order'), ARGV[3])
        first = 1
      end
      return {first, redis.call('ZCARD', at .. ':people')}
      """;

  /** ARGV: node, room, user, socket. 1 if it was the user's last socket, or 0; how many people. */
  static final String DEPART =
      LEAVE
          + """
          redis.call('SREM', 'letschat:presence:node:' .. ARGV[1],
                     ARGV[2] .. ' ' .. ARGV[3] .. ' ' .. ARGV[4])
          local last = leave(ARGV[2], ARGV[3], ARGV[4]) and 1 or 0
          return {last, redis.call('ZCARD', 'letschat:presence:' .. ARGV[2] .. ':people')}
          """;

  /**
   * ARGV: node, how many ms a node may be silent. First whether the node was known, 1 or 0; then
   * the nodes that have been silent for too long.
   */
  static final String HEARTBEAT =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000 + math.floor(time[2] / 1000)
      local nodes = 'letschat:presence:nodes'
      local added = redis.call('ZADD', nodes, now, ARGV[1])
      local silent = redis.call('ZRANGEBYSCORE', nodes, '-inf', now - ARGV[2])
      table.insert(silent, 1, tostring(1 - added))
      return silent
      """;

  /**
   * ARGV: node, how many ms it may be silent, how many sockets at most. First whether there is
   * more, 1 or 0; then room, user of those whose last socket it was.
   */
  static final String EVICT_NODE =
      LEAVE
          + """
          local time = redis.call('TIME')
          local now = time[1] * 1000 + math.floor(time[2] / 1000)
          local seen = redis.call('ZSCORE', 'letschat:presence:nodes', ARGV[1])
          if seen and tonumber(seen) > now - ARGV[2] then return {'0'} end
          local node = 'letschat:presence:node:' .. ARGV[1]
          local gone = {'1'}
          for _, entry in ipairs(redis.call('SPOP', node, ARGV[3])) do
            local room, user, socket = string.match(entry, '^(%d+) (%d+) (.+)$')
            if leave(room, user, socket) then
              gone[#gone + 1] = room
              gone[#gone + 1] = user
            end
          end
          if redis.call('EXISTS', node) == 0 then
            redis.call('ZREM', 'letschat:presence:nodes', ARGV[1])
            gone[1] = '0'
          end
          return gone
          """;

  private PresenceScripts() {}
}
