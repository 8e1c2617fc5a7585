/** What every use case may need of the outside: time that passes. */
@NullMarked
package io.letschat.application;

import org.jspecify.annotations.NullMarked;
