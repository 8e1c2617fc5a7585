@NullMarked
package io.letschat.persistence.postgres.message;

import org.jspecify.annotations.NullMarked;
