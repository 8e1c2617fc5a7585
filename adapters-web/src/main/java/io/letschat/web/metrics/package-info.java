/** What is measured about requests, and the page that tells all that is measured. */
@NullMarked
package io.letschat.web.metrics;

import org.jspecify.annotations.NullMarked;
