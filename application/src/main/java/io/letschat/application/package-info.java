/** What every use case meets outside: time that passes, and stores that may be away. */
@NullMarked
package io.letschat.application;

import org.jspecify.annotations.NullMarked;
