@NullMarked
package io.letschat.persistence.credential;

import org.jspecify.annotations.NullMarked;
