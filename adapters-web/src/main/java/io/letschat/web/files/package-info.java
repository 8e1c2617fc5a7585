/** The files that browsers load beside the pages. */
@NullMarked
package io.letschat.web.files;

import org.jspecify.annotations.NullMarked;
