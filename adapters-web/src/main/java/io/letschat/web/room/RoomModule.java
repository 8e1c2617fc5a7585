package io.letschat.web.room;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.multibindings.Multibinder;
import io.letschat.application.room.EndMembership;
import io.letschat.application.room.EnterRoom;
import io.letschat.application.room.MyRooms;
import io.letschat.application.room.RoomAccess;
import io.letschat.web.account.SessionList;
import io.letschat.web.http.Limits;
import io.letschat.web.http.Routes;
import io.letschat.web.http.Site;
import io.letschat.web.http.Visitors;

/** The rooms: pages and API. */
public final class RoomModule extends AbstractModule {
  @Override
  protected void configure() {
    Multibinder<Routes> routes = Multibinder.newSetBinder(binder(), Routes.class);
    routes.addBinding().to(RoomApi.class);
    routes.addBinding().to(RoomPages.class);
  }

  @Provides
  RoomPages roomPages(
      Site site,
      Visitors visitors,
      Limits limits,
      MyRooms myRooms,
      RoomAccess access,
      SessionList sessions) {
    return new RoomPages(site, visitors, limits, myRooms, access, sessions);
  }

  @Provides
  RoomApi roomApi(
      EnterRoom enterRoom,
      EndMembership endMembership,
      Visitors visitors,
      Limits limits,
      RoomPages pages) {
    return new RoomApi(enterRoom, endMembership, visitors, limits, pages);
  }
}
