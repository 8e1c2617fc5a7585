package io.letschat.web.http;

import io.javalin.http.Context;
import io.letschat.application.Addresses;
import io.letschat.application.account.CodeMail;
import io.letschat.web.page.Frame;
import io.letschat.web.page.Notice;
import io.letschat.web.page.Page;
import io.letschat.web.page.Pages;
import io.letschat.web.page.Refusal;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers with pages. */
public final class Site {
  private static final String MARKED = "Please look at what is marked below.";

  private final Pages pages;
  private final Supplier<String> assetFolder;
  private final Visitors visitors;
  private final CodeMail mail;
  private final Addresses addresses;

  /**
   * @param assetFolder the path under which the pages find their scripts and styles
   */
  public Site(
      Pages pages,
      Supplier<String> assetFolder,
      Visitors visitors,
      CodeMail mail,
      Addresses addresses) {
    this.pages = pages;
    this.assetFolder = assetFolder;
    this.visitors = visitors;
    this.mail = mail;
    this.addresses = addresses;
  }

  public void show(Context ctx, int status, Page page) {
    ctx.status(status).contentType("text/html; charset=utf-8").result(pages.html(page));
  }

  /** What stands around a page for whoever asks. */
  public Frame frame(Context ctx) {
    boolean toVerify =
        mail.isAvailable()
            && visitors.find(ctx).filter(who -> !who.account().verified()).isPresent();
    return new Frame(
        addresses,
        assetFolder.get(),
        visitors.viewer(ctx),
        toVerify,
        Notice.sentence(ctx.queryParam("notice")));
  }

  /** What stands around a page when nothing is known or can be looked up. */
  Frame plainFrame() {
    return new Frame(addresses, assetFolder.get(), Optional.empty(), false, Optional.empty());
  }

  /** Leads to another page of ours. */
  public static void seeOther(Context ctx, String path) {
    ctx.status(303).header("Location", Links.to(ctx, path));
  }

  /** A refusal as a form shows it: what concerns a field stands at the field. */
  public static Refusal refusal(Refused refused) {
    return new Refusal(refused.fields().isEmpty() ? refused.sentence() : MARKED, refused.fields());
  }
}
