/** One-time codes by e-mail: issued, verified, limited. */
@NullMarked
package io.letschat.application.account.code;

import org.jspecify.annotations.NullMarked;
