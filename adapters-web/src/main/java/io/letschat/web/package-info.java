/** The HTTP API, the pages and the code in the browser. */
@NullMarked
package io.letschat.web;

import org.jspecify.annotations.NullMarked;
