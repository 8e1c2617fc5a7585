@NullMarked
package io.letschat.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
