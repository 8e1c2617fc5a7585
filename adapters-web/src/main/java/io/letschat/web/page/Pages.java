package io.letschat.web.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;

/** Turns pages into HTML. Everything that came from a person is escaped by the template engine. */
public final class Pages {
  private final TemplateEngine templates;

  private Pages(TemplateEngine templates) {
    this.templates = templates;
  }

  /** The templates that were compiled with the program. */
  public static Pages precompiled() {
    return new Pages(
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, Pages.class.getClassLoader(), Pages.class.getPackageName()));
  }

  /** The page as HTML. */
  public String html(Page page) {
    var out = new StringOutput();
    templates.render(page.template(), page, out);
    return out.toString();
  }
}
