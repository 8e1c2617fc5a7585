package io.letschat.persistence.postgres.migration;

import java.util.List;

/**
 * What taking back the last migration would do.
 *
 * @param script the migration's
 * @param losses what would be gone, such as {@code the table threads with 12 rows}
 */
public record RollbackPlan(String script, List<String> losses) {}
