package io.letschat.web.room;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.JoinOrCreateRoom;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.web.account.SessionList;
import io.letschat.web.http.Routes;
import io.letschat.web.page.PageRenderer;
import io.letschat.web.security.RequestAuthenticator;
import io.letschat.web.security.RequestRateLimits;

/** The rooms: pages and API. */
public final class RoomWebModule extends AbstractModule {
  @Override
  protected void configure() {
    Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(RoomApi.class);
    routes.addBinding().to(RoomPages.class);
  }

  @Provides
  RoomPages roomPages(
      PageRenderer pageRenderer,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      MyRooms myRooms,
      RoomAccess access,
      SessionList sessions) {
    return new RoomPages(
        pageRenderer, requestAuthenticator, requestRateLimits, myRooms, access, sessions);
  }

  @Provides
  RoomApi roomApi(
      JoinOrCreateRoom joinOrCreateRoom,
      EndMembership endMembership,
      RequestAuthenticator requestAuthenticator,
      RequestRateLimits requestRateLimits,
      RoomPages pages) {
    return new RoomApi(
        joinOrCreateRoom, endMembership, requestAuthenticator, requestRateLimits, pages);
  }
}
