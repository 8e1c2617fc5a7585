package io.letschat.web.account;

import io.letschat.application.sentence.Sentences;
import io.letschat.domain.Sentence;
import io.letschat.domain.account.Device;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people would call the program and the machine that a session is on. */
final class DeviceName {
  // In this order: each of them names the ones after it as well.
  private static final Map<String, String> PROGRAMS = new LinkedHashMap<>();
  private static final Map<String, String> SYSTEMS = new LinkedHashMap<>();

  static {
    PROGRAMS.put("Edg", "Edge");
    PROGRAMS.put("OPR/", "Opera");
    PROGRAMS.put("SamsungBrowser/", "Samsung Internet");
    PROGRAMS.put("Firefox/", "Firefox");
    PROGRAMS.put("FxiOS/", "Firefox");
    PROGRAMS.put("CriOS/", "Chrome");
    PROGRAMS.put("HeadlessChrome/", "Chrome");
    PROGRAMS.put("Chrome/", "Chrome");
    PROGRAMS.put("Safari/", "Safari");
    SYSTEMS.put("Android", "Android");
    SYSTEMS.put("iPhone", "iPhone");
    SYSTEMS.put("iPad", "iPad");
    SYSTEMS.put("Windows", "Windows");
    SYSTEMS.put("CrOS", "ChromeOS");
    SYSTEMS.put("Mac OS X", "Mac");
    SYSTEMS.put("Linux", "Linux");
  }

  private DeviceName() {}

  static String of(Device device, Sentences sentences) {
    String agent = device.userAgent();
    String program = first(PROGRAMS, agent);
    String system = first(SYSTEMS, agent);
    if (!program.isEmpty()) {
      return system.isEmpty()
          ? program
          : sentences.of(
              Sentence.of("device.program-on-system")
                  .with("program", program)
                  .with("system", system));
    }
    String product = agent.split("[/ ]", 2)[0];
    return product.isEmpty() ? sentences.of("device.unknown") : product;
  }

  private static String first(Map<String, String> names, String agent) {
    return names.entrySet().stream()
        .filter(name -> agent.contains(name.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }
}
