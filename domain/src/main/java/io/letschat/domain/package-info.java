/** What all features share: how a value is refused, and how names are compared. */
@NullMarked
package io.letschat.domain;

import org.jspecify.annotations.NullMarked;
