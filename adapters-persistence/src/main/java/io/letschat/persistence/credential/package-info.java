/** Passwords as bcrypt hashes, sessions as signed tokens. */
@NullMarked
package io.letschat.persistence.credential;

import org.jspecify.annotations.NullMarked;
