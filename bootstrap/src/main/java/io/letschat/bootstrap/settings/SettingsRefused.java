package io.letschat.bootstrap.settings;

import java.util.List;

/** The settings cannot be used; each sentence names one and says what is accepted. */
public final class SettingsRefused extends Exception {
  private static final long serialVersionUID = 1L;

  public SettingsRefused(List<String> sentences) {
    super(String.join("\n", sentences));
  }
}
