/** What the pages show: one record per page, rendered by the template of the same name. */
@NullMarked
package io.letschat.web.page;

import org.jspecify.annotations.NullMarked;
