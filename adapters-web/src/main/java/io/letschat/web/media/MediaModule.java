package io.letschat.web.media;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.media.Avatars;
import io.letschat.application.media.ChangeAvatar;
import io.letschat.application.media.OpenFile;
import io.letschat.application.media.ScratchSpace;
import io.letschat.application.media.ShareFile;
import io.letschat.web.account.ProfilePages;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Visitors;

/** Shared files, and pictures of people. */
public final class MediaModule extends AbstractModule {
  @Override
  protected void configure() {
    Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(UploadApi.class);
    routes.addBinding().to(SharedFiles.class);
    routes.addBinding().to(AvatarApi.class);
  }

  @Provides
  UploadApi uploadApi(
      ShareFile shareFile, ScratchSpace scratchSpace, Visitors visitors, Limits limits) {
    return new UploadApi(shareFile, scratchSpace, visitors, limits);
  }

  @Provides
  AvatarApi avatarApi(
      ChangeAvatar changeAvatar,
      Avatars avatars,
      ScratchSpace scratchSpace,
      ProfilePages profile,
      Visitors visitors,
      Limits limits) {
    return new AvatarApi(changeAvatar, avatars, scratchSpace, profile, visitors, limits);
  }

  @Provides
  SharedFiles sharedFiles(OpenFile openFile, Visitors visitors) {
    return new SharedFiles(openFile, visitors);
  }
}
