/** Sessions: opened, authenticated, listed and ended. */
@NullMarked
package io.letschat.application.account.session;

import org.jspecify.annotations.NullMarked;
