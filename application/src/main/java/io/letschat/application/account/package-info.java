/** Signing up, signing in and out, and who somebody is. */
@NullMarked
package io.letschat.application.account;

import org.jspecify.annotations.NullMarked;
