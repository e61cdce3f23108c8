#include "report/html.h"

#include <gtest/gtest.h>

namespace tenfold {
namespace {

TEST(Html, TextCannotBecomeMarkup) {
  EXPECT_EQ(html_text("<script>alert('x') & \"y\"</script>"),
            "&lt;script&gt;alert(&#39;x&#39;) &amp; &quot;y&quot;&lt;/script&gt;");
}

TEST(Html, TextKeepsScriptsAndEmojiAndShowsWhatIsNoText) {
  EXPECT_EQ(html_text("שלום 🐈"), "שלום 🐈");
  EXPECT_EQ(html_text("a\xff\x1b\n"), "a\\xff\\x1b\\n");
  EXPECT_EQ(html_text("\u202Etxt.exe"), "\\xe2\\x80\\xaetxt.exe");
}

TEST(Html, NamesDoNotTurnTheTextAroundThem) { EXPECT_EQ(html_name("<שלום>"), "<bdi>&lt;שלום&gt;</bdi>"); }

TEST(Html, PathsRunFromLeftToRight) {
  EXPECT_EQ(html_path("שלום/1.jpg"), "<bdi dir=\"ltr\">שלום/1.jpg</bdi>");
}

TEST(Html, LinesStayLines) { EXPECT_EQ(html_lines("{\n  \"<\"\n}"), "{\n  &quot;&lt;&quot;\n}"); }

TEST(Html, AttributesAreEscaped) {
  EXPECT_EQ(html_element("td", {{"data-name", "\"><script>"}}, "<b>1</b>"),
            "<td data-name=\"&quot;&gt;&lt;script&gt;\"><b>1</b></td>");
}

TEST(Html, TablesNameTheirRowsAndColumns) {
  const std::string table = html_table({.id = "counts",
                                        .caption = "Counts",
                                        .columns = {{"Class", "", false}, {"Images", "images"}},
                                        .rows = {{"<a>", html_name("<a>"), {{"1,000", "1000"}}}}});
  EXPECT_EQ(table,
            "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"counts-caption\">"
            "<table id=\"counts\"><caption id=\"counts-caption\">Counts</caption>\n"
            "<thead><tr><th scope=\"col\">Class</th><th class=\"number\" scope=\"col\">Images</th>"
            "</tr></thead>\n<tbody>\n"
            "<tr data-name=\"&lt;a&gt;\"><th scope=\"row\"><bdi>&lt;a&gt;</bdi></th>"
            "<td class=\"number\" data-images=\"1000\">1,000</td></tr>\n"
            "</tbody></table>\n</div>\n");
}

}  // namespace
}  // namespace tenfold
