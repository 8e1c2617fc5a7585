/** Configuration: read from the environment and {@code .env}, checked, and given a type. */
@NullMarked
package io.letschat.bootstrap.settings;

import org.jspecify.annotations.NullMarked;
