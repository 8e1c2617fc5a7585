/** People: accounts, users, passwords and sessions. */
@NullMarked
package io.letschat.domain.account;

import org.jspecify.annotations.NullMarked;
