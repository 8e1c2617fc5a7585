/** Rooms over HTTP: the pages, joining, ending a membership. */
@NullMarked
package io.letschat.web.room;

import org.jspecify.annotations.NullMarked;
