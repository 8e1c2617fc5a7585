/** Presence that all nodes share, held by a lease for each node. */
@NullMarked
package io.letschat.persistence.redis.presence;

import org.jspecify.annotations.NullMarked;
