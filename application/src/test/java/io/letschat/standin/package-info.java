/** Services of others, as far as tests need them. */
@NullMarked
package io.letschat.standin;

import org.jspecify.annotations.NullMarked;
