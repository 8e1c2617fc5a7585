/** Services of others, as far as tests need them, and ways to them that can break. */
@NullMarked
package io.letschat.standin;

import org.jspecify.annotations.NullMarked;
