/**
 * What a request has to pass before it is served: the gateway's secret, the origin, the session,
 * the limits.
 */
@NullMarked
package io.letschat.web.security;

import org.jspecify.annotations.NullMarked;
