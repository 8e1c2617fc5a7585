/** Signing up, in and out over HTTP. */
@NullMarked
package io.letschat.web.account;

import org.jspecify.annotations.NullMarked;
