/** What routes, bodies, errors and links of the API are made of. */
@NullMarked
package io.letschat.web.http;

import org.jspecify.annotations.NullMarked;
