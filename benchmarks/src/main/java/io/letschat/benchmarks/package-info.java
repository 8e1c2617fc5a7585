/** What our transport costs, beside the stock one of netty-socketio. */
@NullMarked
package io.letschat.benchmarks;

import org.jspecify.annotations.NullMarked;
