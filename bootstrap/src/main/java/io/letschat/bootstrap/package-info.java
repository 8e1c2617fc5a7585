/** Configuration, wiring and lifecycle. */
@NullMarked
package io.letschat.bootstrap;

import org.jspecify.annotations.NullMarked;
