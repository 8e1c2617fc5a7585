package io.letschat.web.http;

import io.javalin.http.Context;
import io.letschat.web.files.Assets;
import io.letschat.web.page.Frame;
import io.letschat.web.page.Page;
import io.letschat.web.page.Pages;
import io.letschat.web.page.Refusal;
import java.util.Optional;

/** Answers with pages. */
public final class Site {
  private static final String MARKED = "Please look at what is marked below.";

  private final Pages pages;
  private final Assets assets;
  private final Visitors visitors;

  public Site(Pages pages, Assets assets, Visitors visitors) {
    this.pages = pages;
    this.assets = assets;
    this.visitors = visitors;
  }

  public void show(Context ctx, int status, Page page) {
    ctx.status(status).contentType("text/html; charset=utf-8").result(pages.html(page));
  }

  /** What stands around a page for whoever asks. */
  public Frame frame(Context ctx) {
    return new Frame(assets.folder(), visitors.viewer(ctx));
  }

  /** What stands around a page when nothing is known or can be looked up. */
  Frame plainFrame() {
    return new Frame(assets.folder(), Optional.empty());
  }

  public static void seeOther(Context ctx, String path) {
    ctx.status(303).header("Location", path);
  }

  /** A refusal as a form shows it: what concerns a field stands at the field. */
  public static Refusal refusal(Refused refused) {
    return new Refusal(refused.fields().isEmpty() ? refused.sentence() : MARKED, refused.fields());
  }
}
