@NullMarked
package io.letschat.embeddedpostgres.testing;

import org.jspecify.annotations.NullMarked;
