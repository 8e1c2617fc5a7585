package io.letschat.web.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A page, ready to be rendered. */
public sealed interface Page {
  /** The file of the template, relative to the templates' folder. */
  String template();

  /** What stands around the content. */
  PageLayout frame();

  /** The first page: what this is, and the way into a room. */
  record Landing(PageLayout frame, JoinForm form) implements Page {
    @Override
    public String template() {
      return "landing.jte";
    }
  }

  /** A page that leads on to another one: {@code next}, a path of ours, or nothing. */
  sealed interface OnTheWay {
    PageLayout frame();

    String next();

    /** As the form carries it. */
    default String nextAddress() {
      return next().isEmpty() ? "" : frame().link(next());
    }
  }

  /** Sign-up. */
  record Register(PageLayout frame, String email, String username, String next, FormErrors refusal)
      implements Page, OnTheWay {
    @Override
    public String template() {
      return "register.jte";
    }

    /** The other page, for whoever has an account; it leads on to the same place. */
    public String logInPath() {
      return leadingTo(frame, "/login", next);
    }
  }

  /** Sign-in. */
  record LogIn(PageLayout frame, String email, String next, FormErrors refusal)
      implements Page, OnTheWay {
    @Override
    public String template() {
      return "login.jte";
    }

    /** The other page, for whoever has no account; it leads on to the same place. */
    public String registerPath() {
      return leadingTo(frame, "/register", next);
    }
  }

  /** The rooms of the viewer, and the way into another. */
  record Dashboard(
      PageLayout frame, List<RoomCard> rooms, JoinForm form, List<SessionCard> sessions)
      implements Page {
    @Override
    public String template() {
      return "dashboard.jte";
    }
  }

  /** Where the code for a new password is asked for. */
  record ForgotPassword(PageLayout frame, String email, FormErrors refusal) implements Page {
    @Override
    public String template() {
      return "forgotpassword.jte";
    }
  }

  /**
   * Where the code is brought and the new password chosen.
   *
   * @param mailbox whether codes are shown on a page instead of being mailed
   */
  record VerifyOtp(PageLayout frame, String email, boolean mailbox, FormErrors refusal)
      implements Page {
    @Override
    public String template() {
      return "verifyotp.jte";
    }
  }

  /** Where the address is verified. */
  record VerifyEmail(PageLayout frame, String email, boolean mailbox, FormErrors refusal)
      implements Page {
    @Override
    public String template() {
      return "verifyemail.jte";
    }
  }

  /** How others see the viewer. */
  record Profile(
      PageLayout frame,
      String username,
      String email,
      boolean verified,
      Optional<String> avatar,
      FormErrors refusal)
      implements Page {
    @Override
    public String template() {
      return "profile.jte";
    }
  }

  /** The mails of a development server. */
  record DevMailbox(PageLayout frame, List<MailCard> mails) implements Page {
    @Override
    public String template() {
      return "devmailbox.jte";
    }
  }

  /** A mail that was not sent. */
  record MailCard(String to, boolean recovery, String code, Instant at) {}

  /** One room, alive. */
  record Chat(PageLayout frame, Viewer viewer, long roomId, String roomName, boolean owner)
      implements Page {
    /** The address of a page on which others join the room. */
    public String invitation() {
      return frame.linkForOthers("/?room=" + URLEncoder.encode(roomName, StandardCharsets.UTF_8));
    }

    @Override
    public String template() {
      return "chat.jte";
    }
  }

  /** What could not be shown, and why. */
  record Failure(PageLayout frame, int status, String title, String message) implements Page {
    @Override
    public String template() {
      return "failure.jte";
    }
  }

  private static String leadingTo(PageLayout frame, String path, String next) {
    String query =
        next.isEmpty()
            ? ""
            : "?next=" + URLEncoder.encode(frame.link(next), StandardCharsets.UTF_8);
    return frame.link(path + query);
  }

  /** The form that joins or creates a room, with what was typed, never the password. */
  record JoinForm(Optional<String> ownName, String username, String room, FormErrors refusal) {}

  /**
   * A room of the viewer in the list of rooms.
   *
   * @param lastMessageAt empty while nobody has said anything
   */
  record RoomCard(
      long id, String name, boolean owned, long members, Optional<Instant> lastMessageAt) {
    /** The day in UTC, for browsers without scripts; the others show it in their own time. */
    public String lastDay() {
      return lastMessageAt.map(at -> at.toString().substring(0, 10)).orElse("");
    }

    /** The first letter of the name, for the coloured mark. */
    public String initial() {
      return Character.toString(Character.toUpperCase(name.codePointAt(0)));
    }
  }
}
