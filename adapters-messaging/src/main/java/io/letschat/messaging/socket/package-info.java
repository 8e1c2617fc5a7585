/**
 * A socket's identity: how it is authenticated, revalidated and reached, and what is measured of
 * it.
 */
@NullMarked
package io.letschat.messaging.socket;

import org.jspecify.annotations.NullMarked;
