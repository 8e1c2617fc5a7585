package io.letschat.web.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.resolve.DirectoryCodeResolver;
import java.nio.file.Path;

/** Turns pages into HTML. Everything that came from a person is escaped by the template engine. */
public final class PageTemplates {
  private final TemplateEngine templates;

  private PageTemplates(TemplateEngine templates) {
    this.templates = templates;
  }

  /** The templates that were compiled with the program. */
  public static PageTemplates precompiled() {
    return new PageTemplates(
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            PageTemplates.class.getClassLoader(),
            PageTemplates.class.getPackageName()));
  }

  /**
   * The templates as they stand in a folder whenever a page is asked for; needs a JDK.
   *
   * @param classes where to put what they are compiled to
   */
  public static PageTemplates reloading(Path templates, Path classes) {
    var engine =
        TemplateEngine.create(
            new DirectoryCodeResolver(templates),
            classes,
            ContentType.Html,
            PageTemplates.class.getClassLoader(),
            // Not our own package: the class loader would find the precompiled ones there.
            PageTemplates.class.getPackageName() + ".reloaded");
    engine.setTrimControlStructures(true);
    return new PageTemplates(engine);
  }

  /** The page as HTML. */
  public String html(Page page) {
    var out = new StringOutput();
    templates.render(page.template(), page, out);
    return out.toString();
  }
}
