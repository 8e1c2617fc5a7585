@NullMarked
package io.letschat.persistence.postgres;

import org.jspecify.annotations.NullMarked;
