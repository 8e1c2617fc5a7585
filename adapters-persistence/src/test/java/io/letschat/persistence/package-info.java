@NullMarked
package io.letschat.persistence;

import org.jspecify.annotations.NullMarked;
