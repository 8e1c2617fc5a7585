package io.letschat.bootstrap.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL on a disk of its own, made of memory: skipped where nobody may mount one. */
@Tag("long")
class FullDiskTest {
  private static final String SIZE = "256m";

  @TempDir private Path folder;
  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = done("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "tmpfs", disk.toString());
    Assumptions.assumeTrue(mounted, "a disk cannot be mounted here");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      done("umount", disk.toString());
    }
  }

  @Test
  void what_was_acked_is_there_after_the_disk_was_full() throws Exception {
    try (var cluster = FaultyCluster.start(folder, disk, 2);
        var probe = new Probe(cluster)) {
      new PostgresFaults(cluster, new Trial(cluster, probe)).diskFull(disk, Form.seconds(5, 15));
    }
  }

  private static boolean done(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }
}
