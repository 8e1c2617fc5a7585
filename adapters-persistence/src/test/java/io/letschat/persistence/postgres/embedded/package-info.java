@NullMarked
package io.letschat.persistence.postgres.embedded;

import org.jspecify.annotations.NullMarked;
