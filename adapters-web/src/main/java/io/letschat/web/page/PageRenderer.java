package io.letschat.web.page;

import io.javalin.http.Context;
import io.letschat.application.Addresses;
import io.letschat.application.account.code.CodeMail;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.Sentence;
import io.letschat.web.http.ApiException;
import io.letschat.web.http.Links;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.sentence.RequestLanguage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers with pages. */
public final class PageRenderer {
  private static final Sentence MARKED = Sentence.of("form.marked");

  private final PageTemplates pageTemplates;
  private final Supplier<String> assetFolder;
  private final RequestAuthenticator requestAuthenticator;
  private final CodeMail mail;
  private final Addresses addresses;

  /**
   * @param assetFolder the path under which the pages find their scripts and styles
   */
  public PageRenderer(
      PageTemplates pageTemplates,
      Supplier<String> assetFolder,
      RequestAuthenticator requestAuthenticator,
      CodeMail mail,
      Addresses addresses) {
    this.pageTemplates = pageTemplates;
    this.assetFolder = assetFolder;
    this.requestAuthenticator = requestAuthenticator;
    this.mail = mail;
    this.addresses = addresses;
  }

  public void show(Context ctx, int status, Page page) {
    ctx.status(status).contentType("text/html; charset=utf-8").result(pageTemplates.html(page));
  }

  /** What stands around a page for whoever asks. */
  public PageLayout frame(Context ctx) {
    Sentences sentences = RequestLanguage.of(ctx);
    boolean toVerify =
        mail.isAvailable()
            && requestAuthenticator.find(ctx).filter(who -> !who.account().verified()).isPresent();
    return new PageLayout(
        addresses,
        sentences,
        assetFolder.get(),
        requestAuthenticator.find(ctx).map(Viewer::of),
        toVerify,
        Notice.sentence(ctx.queryParam("notice")).map(sentences::of));
  }

  /** What stands around a page when nothing is known or can be looked up. */
  PageLayout plainFrame(Context ctx) {
    return new PageLayout(
        addresses,
        RequestLanguage.of(ctx),
        assetFolder.get(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  /** Leads to another page of ours. */
  public static void seeOther(Context ctx, String path) {
    ctx.status(303).header("Location", Links.to(ctx, path));
  }

  /** A refusal as a form shows it: what concerns a field stands at the field. */
  public static FormErrors refusal(Context ctx, ApiException apiException) {
    Sentences sentences = RequestLanguage.of(ctx);
    Map<String, String> fields = apiException.fieldsSaid(sentences);
    return new FormErrors(
        fields.isEmpty() ? apiException.said(sentences) : sentences.of(MARKED), fields);
  }
}
