package io.letschat.web.sentence;

import io.javalin.config.JavalinConfig;
import io.javalin.config.Key;
import io.javalin.http.Context;
import io.letschat.application.sentence.Sentences;
import io.letschat.domain.Sentence;

/** The language in which a request is answered: as long as there is one alone, that one. */
public final class RequestLanguage {
  private static final Key<Sentences> SENTENCES = new Key<>("letschat.sentences");

  private RequestLanguage() {}

  /** To be called once, before the server starts. */
  public static void use(Sentences sentences, JavalinConfig config) {
    config.appData(SENTENCES, sentences);
  }

  public static Sentences of(Context ctx) {
    return ctx.appData(SENTENCES);
  }

  /** What is said to whoever asks. */
  public static String say(Context ctx, Sentence sentence) {
    return of(ctx).of(sentence);
  }
}
