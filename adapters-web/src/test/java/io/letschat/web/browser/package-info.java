/** The pages in a real browser, over a chat in memory. */
@NullMarked
package io.letschat.web.browser;

import org.jspecify.annotations.NullMarked;
