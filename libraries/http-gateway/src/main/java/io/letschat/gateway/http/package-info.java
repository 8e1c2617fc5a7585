/** HTTP/1.1 as the public port reads it: strict decoding, validation, deadlines and rejections. */
@NullMarked
package io.letschat.gateway.http;

import org.jspecify.annotations.NullMarked;
