/** Sessions and accounts, cached in Redis for a few seconds. */
@NullMarked
package io.letschat.persistence.redis.account;

import org.jspecify.annotations.NullMarked;
