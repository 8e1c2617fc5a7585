/** What the two sides of a border agree on: headers, origins, addresses and tokens of HTTP. */
@NullMarked
package io.letschat.protocol;

import org.jspecify.annotations.NullMarked;
