package io.letschat.domain.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileNameTest {
  /** A browser saves a picture under its name, and what a double click does then, the name says. */
  @ParameterizedTest
  @CsvSource({
    "page.html, page.html.gif",
    "holiday.exe, holiday.exe.gif",
    "Dr.Who, Dr.Who.gif",
    "holiday, holiday.gif",
    "holiday.GIF, holiday.GIF",
    "holiday.jpeg, holiday.jpeg",
    "report.pdf, report.pdf.gif",
    "., image.gif",
    "..., image.gif",
    ".gif, image.gif",
    "\u3164\u2800.gif, image.gif",
    "\uD83E\uDEEA.gif, \uD83E\uDEEA.gif",
  })
  void a_picture_is_never_called_a_page_or_a_program(String sent, String kept) {
    assertThat(FileName.of(sent, FileKind.GIF).text()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"page.html, page.pdf", "report.PDF, report.pdf", "report, report.pdf"})
  void what_is_offered_for_saving_ends_as_what_it_is(String sent, String kept) {
    assertThat(FileName.of(sent, FileKind.PDF).text()).isEqualTo(kept);
  }
}
