package io.letschat.web.media;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.letschat.application.account.SignedIn;
import io.letschat.application.media.Scratch;
import io.letschat.application.media.ScratchSpace;
import io.letschat.application.media.ShareFile;
import io.letschat.application.media.TempFolderUnavailable;
import io.letschat.domain.InvalidValueException;
import io.letschat.domain.message.ClientMessageId;
import io.letschat.domain.room.RoomId;
import io.letschat.web.http.Json;
import io.letschat.web.http.Limits;
import io.letschat.web.http.LogContext;
import io.letschat.web.http.Refused;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Visitors;
import io.letschat.web.message.MessageBody;
import java.util.Map;
import java.util.Optional;

/** {@code POST /api/upload}: somebody shares a picture or a file in a room. */
final class UploadApi implements Routes {
  private static final String FILE = "file";

  private final ShareFile shareFile;
  private final ScratchSpace scratchSpace;
  private final Visitors visitors;
  private final Limits limits;

  UploadApi(ShareFile shareFile, ScratchSpace scratchSpace, Visitors visitors, Limits limits) {
    this.shareFile = shareFile;
    this.scratchSpace = scratchSpace;
    this.visitors = visitors;
    this.limits = limits;
  }

  private record UploadedBody(
      boolean success, @JsonProperty("fileUrl") String fileUrl, MessageBody message) {}

  @Override
  public void addTo(RoutesConfig routes) {
    routes.post("/api/upload", this::upload);
  }

  private void upload(Context ctx) {
    SignedIn who = visitors.signedIn(ctx);
    limits.changing(ctx);
    try (Scratch scratch = scratchSpace.open()) {
      var form = Multipart.read(ctx, FILE, ShareFile.MOST_BYTES, scratch);
      RoomId room = room(form.field("room_id"));
      LogContext.room(room);
      Optional<ClientMessageId> clientId = clientId(form.field("client_message_id"));
      Multipart.Sent sent = form.file();
      var command = new ShareFile.Command(who, room, sent.name(), sent.file(), scratch, clientId);
      answer(ctx, shareFile.share(command));
    } catch (TempFolderUnavailable e) {
      throw Multipart.notStored(e);
    }
  }

  private static void answer(Context ctx, ShareFile.Result result) {
    switch (result) {
      case ShareFile.Shared(var message) ->
          Json.answer(
              ctx, 201, new UploadedBody(true, message.content().text(), MessageBody.of(message)));
      case ShareFile.NoSuchRoom() -> throw Refused.notFound();
      case ShareFile.SessionEnded() -> throw Refused.unauthorized();
      case ShareFile.TooOften(var retryAfter) -> throw Refused.tooOften(retryAfter);
      case ShareFile.TooLarge() -> throw Multipart.tooLarge(FILE, ShareFile.MOST_BYTES);
      case ShareFile.NotShareable() ->
          throw Refused.of(
              415,
              "unsupported_file",
              FILE,
              "Only JPEG, PNG, GIF and WebP images and PDF files can be shared.");
      case ShareFile.Unusable(var sentence) ->
          throw Refused.of(422, "unusable_file", FILE, sentence);
      case ShareFile.StoreUnavailable() ->
          throw Refused.of(503, "storage_unavailable", Multipart.NOT_STORED);
      case ShareFile.Retry() ->
          throw Refused.of(
              503,
              "retry",
              "It is not known whether this was saved. Sending it again with the same id is safe.");
    }
  }

  private static RoomId room(String written) {
    try {
      return new RoomId(Long.parseLong(written));
    } catch (NumberFormatException e) {
      throw Refused.invalid(Map.of("room_id", "room_id is the number of a room."));
    }
  }

  private static Optional<ClientMessageId> clientId(String written) {
    try {
      return written.isEmpty() ? Optional.empty() : Optional.of(ClientMessageId.of(written));
    } catch (InvalidValueException e) {
      throw Refused.invalid(Map.of(e.field(), e.sentence()));
    }
  }
}
