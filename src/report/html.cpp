#include "html.h"

#include "tenfold/base/text.h"

namespace tenfold {

std::string html_text(std::string_view text) {
  std::string out;
  for (const char character : escaped(text)) {
    switch (character) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += character;
    }
  }
  return out;
}

std::string html_lines(std::string_view text) {
  std::string out;
  for (std::size_t end; (end = text.find('\n')) != text.npos; text.remove_prefix(end + 1))
    out += html_text(text.substr(0, end)) + "\n";
  return out + html_text(text);
}

std::string html_name(std::string_view name) { return "<bdi>" + html_text(name) + "</bdi>"; }

std::string html_path(std::string_view path) { return "<bdi dir=\"ltr\">" + html_text(path) + "</bdi>"; }

std::string html_element(std::string_view tag, const Attributes& attributes, const std::string& content) {
  std::string text = "<" + std::string(tag);
  for (const auto& [name, value] : attributes)
    text.append(" ").append(name).append("=\"").append(html_text(value)).append("\"");
  return text.append(">").append(content).append("</").append(tag).append(">");
}

std::string html_element(std::string_view tag, const std::string& content) {
  return html_element(tag, {}, content);
}

std::string html_section(const std::string& id, const std::string& heading, const std::string& content) {
  const std::string title = id + "-heading";
  return html_element("section", {{"id", id}, {"aria-labelledby", title}},
                      html_element("h2", {{"id", title}}, heading) + "\n" + content) +
         "\n";
}

std::string html_details(const Attributes& attributes, const std::string& summary,
                         const std::string& content) {
  return html_element("details", attributes, html_element("summary", summary) + "\n" + content) + "\n";
}

namespace {

Attributes style_of(const TableColumn& column) {
  return column.is_number ? Attributes{{"class", "number"}} : Attributes{};
}

}  // namespace

std::string html_table(const Table& table) {
  std::string head, body;
  for (const TableColumn& column : table.columns) {
    Attributes attributes = style_of(column);
    attributes.emplace_back("scope", "col");
    head += html_element("th", attributes, column.title);
  }
  for (const TableRow& row : table.rows) {
    std::string cells = html_element("th", {{"scope", "row"}}, row.heading);
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const TableColumn& column = table.columns[i + 1];
      Attributes attributes = style_of(column);
      const std::string data = "data-" + column.name;
      if (!column.name.empty()) attributes.emplace_back(data, row.cells[i].data);
      cells += html_element("td", attributes, row.cells[i].html);
    }
    body += html_element("tr", {{"data-name", row.name}}, cells) + "\n";
  }
  const std::string caption = table.id + "-caption";
  const std::string text =
      html_element("table", {{"id", table.id}},
                   html_element("caption", {{"id", caption}}, table.caption) + "\n<thead><tr>" + head +
                       "</tr></thead>\n" + html_element("tbody", "\n" + body)) +
      "\n";
  // In the order of the tab key, so that it can be scrolled without a mouse.
  return html_element(
             "div",
             {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-labelledby", caption}},
             text) +
         "\n";
}

}  // namespace tenfold
