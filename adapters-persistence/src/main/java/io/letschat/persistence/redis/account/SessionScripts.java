package io.letschat.persistence.redis.account;

import io.letschat.domain.account.AccountId;
import io.letschat.domain.account.SessionId;
import io.letschat.domain.account.UserId;

/**
 * What reads and changes remembered sessions, each in one step.
 *
 * <ul>
 *   <li>{@code session:<handle>}: a hash; either only {@code leave}, the lease of whoever reads the
 *       session from the database just now, or the fields of {@link SessionFields}. The id itself
 *       is not in Redis: a token could be made from it
 *   <li>{@code sessions:account:<id>} and {@code …:user:<id>}: the keys of those that are
 *       remembered
 *   <li>the same with {@code :changed}: there for some seconds after something has changed, while
 *       somebody may still be about to remember what was before
 * </ul>
 */
final class SessionScripts {
  /** ARGV: lease, for how many ms. Nothing; or the word "leave", if it is given; or the fields. */
  static final String LOOK =
      """
      if redis.call('HEXISTS', KEYS[1], 'leave') == 1 then return {} end
      local fields = redis.call('HGETALL', KEYS[1])
      if #fields > 0 then return fields end
      redis.call('HSET', KEYS[1], 'leave', ARGV[1])
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      return {'leave'}
      """;

  /** KEYS: session, account, user. ARGV: lease, for how many ms, at most, then the fields. */
  static final String REMEMBER =
      """
      if redis.call('HGET', KEYS[1], 'leave') ~= ARGV[1] then return {} end
      redis.call('DEL', KEYS[1])
      if redis.call('EXISTS', KEYS[2] .. ':changed', KEYS[3] .. ':changed') > 0 then return {} end
      redis.call('HSET', KEYS[1], unpack(ARGV, 4))
      redis.call('PEXPIRE', KEYS[1], ARGV[2])
      for i = 2, 3 do
        redis.call('SADD', KEYS[i], KEYS[1])
        redis.call('PEXPIRE', KEYS[i], ARGV[3])
      end
      return {}
      """;

  static final String FORGET =
      """
      redis.call('DEL', KEYS[1])
      return {}
      """;

  /** ARGV: for how many ms nothing that was read before may be remembered. */
  static final String FORGET_ALL =
      """
      redis.call('SET', KEYS[1] .. ':changed', '1', 'PX', ARGV[1])
      for _, session in ipairs(redis.call('SMEMBERS', KEYS[1])) do redis.call('DEL', session) end
      redis.call('DEL', KEYS[1])
      return {}
      """;

  private SessionScripts() {}

  static String session(SessionId id) {
    return "session:" + id.handle();
  }

  static String of(AccountId account) {
    return "sessions:account:" + account.value();
  }

  static String of(UserId user) {
    return "sessions:user:" + user.value();
  }
}
