/** Guice modules: one for the use cases of each feature, and one for each size of installation. */
@NullMarked
package io.letschat.bootstrap.wiring;

import org.jspecify.annotations.NullMarked;
