#include "yaml_tree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "tenfold/base/text.h"
#include "tenfold/recipe/recipe.h"

namespace tenfold {
namespace {

constexpr std::size_t kMaxNodes = 100'000;
constexpr std::size_t kMaxTreeBytes = 4 << 20;

// The first mistake of syntax ends the parsing: what follows cannot be told from its consequences.
struct SyntaxError {
  Place place;
  std::string message;
  std::string hint;
};

// Receives yaml-cpp's events of one document.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(const Place& start, const Findings& findings, YamlSize& size)
      : start_(start), findings_(findings), size_(size) {}

  YamlNode take_root() { return std::move(root_); }

  Place place_of(const YAML::Mark& mark) const {
    Place place = start_;
    if (mark.line > 0) place.column = 0;
    place.line += std::max(mark.line, 0);
    place.column += std::max(mark.column, 0);
    return place;
  }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    const Place place = place_of(mark);
    const char byte = findings_.byte_at(place);
    // yaml-cpp takes a stray closing bracket or comma for the start of another document.
    if (byte == ',' || byte == ']' || byte == '}')
      throw SyntaxError{
          place, "not valid YAML: " + in_quotes(std::string_view(&byte, 1)) + " without an opening bracket",
          ""};
    throw SyntaxError{place, "a recipe is one YAML document, and here begins a second",
                      "remove what follows"};
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    YamlNode node = make(YamlNode::Kind::kNull, mark);
    charge(node, node.place);
    attach(std::move(node), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(mark, tag);
    if (tag == "!") check_quote(mark);
    YamlNode node = make(YamlNode::Kind::kScalar, mark);
    node.text = value;
    charge(node, node.place);
    attach(std::move(node), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end())
      throw SyntaxError{place_of(mark), "an alias cannot stand inside what it names", ""};
    charge(found->second, place_of(mark));
    attach(found->second, YAML::NullAnchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(make(YamlNode::Kind::kList, mark), anchor);
  }
  void OnSequenceEnd() override { close(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    check_tag(mark, tag);
    open(make(YamlNode::Kind::kMap, mark), anchor);
  }
  void OnMapEnd() override { close(); }

 private:
  // A list or map whose end has not come yet.
  struct Open {
    YamlNode node;
    YAML::anchor_t anchor;
    bool awaits_value = false;  // a map of which the key has come
  };

  YamlNode make(YamlNode::Kind kind, const YAML::Mark& mark) const {
    YamlNode node;
    node.kind = kind;
    node.place = place_of(mark);
    return node;
  }

  void check_tag(const YAML::Mark& mark, const std::string& tag) const {
    if (tag.empty() || tag == "?" || tag == "!") return;
    throw SyntaxError{place_of(mark), "tags such as '!!str' have no meaning in a recipe", "remove the tag"};
  }

  // yaml-cpp lets a quote run to the end of the text and swallow the rest of the recipe.
  void check_quote(const YAML::Mark& mark) const {
    const Place place = place_of(mark);
    const char quote = findings_.byte_at(place);
    if (quote != '"' && quote != '\'') return;
    const std::string& text = findings_.text(place.source);
    const auto line_start = static_cast<std::size_t>(findings_.line_of(place).data() - text.data());
    for (std::size_t i = line_start + place.column + 1; i < text.size(); ++i) {
      const bool escape = quote == '"' ? text[i] == '\\' : text.compare(i, 2, "''") == 0;
      if (escape)
        ++i;
      else if (text[i] == quote)
        return;
    }
    throw SyntaxError{place, "the quote that opens here is never closed", ""};
  }

  void charge(const YamlNode& node, const Place& place) {
    size_.bytes += node.text.size();
    if (++size_.nodes > kMaxNodes || size_.bytes > kMaxTreeBytes)
      throw SyntaxError{place,
                        "the recipe holds more than " + counted(kMaxNodes, "value") + " or " +
                            human_bytes(kMaxTreeBytes) + " of text, counted where aliases repeat them",
                        ""};
    for (const YamlNode& item : node.items) charge(item, place);
    for (const YamlNode::Entry& entry : node.entries) {
      size_.bytes += entry.key.size();
      charge(entry.value, place);
    }
  }

  void open(YamlNode node, YAML::anchor_t anchor) {
    if (open_.size() >= kMaxYamlDepth)
      throw SyntaxError{node.place,
                        "lists and maps are nested more than " + std::to_string(kMaxYamlDepth) + " deep", ""};
    charge(node, node.place);
    if (!open_.empty() && open_.back().node.is_map() && !open_.back().awaits_value) throw bad_key(node.place);
    open_.push_back({std::move(node), anchor});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    attach(std::move(done.node), done.anchor);
  }

  void attach(YamlNode node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) {
      charge(node, node.place);
      anchors_[anchor] = node;
    }
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_list()) {
      parent.node.items.push_back(std::move(node));
    } else if (!parent.awaits_value) {
      if (!node.is_scalar()) throw bad_key(node.place);
      if (node.text == "<<")
        throw SyntaxError{node.place, "merge keys ('<<') have no meaning in a recipe", "write the keys out"};
      parent.node.entries.push_back({std::move(node.text), node.place, {}});
      parent.awaits_value = true;
    } else {
      YamlNode::Entry& entry = parent.node.entries.back();
      if (node.is_null()) node.place = entry.place;  // yaml-cpp's mark is that of the next token
      entry.value = std::move(node);
      parent.awaits_value = false;
    }
  }

  // yaml-cpp also takes a list without its closing bracket for a key.
  static SyntaxError bad_key(const Place& place) {
    return {
        place, "a key must be a word",
        "if no key was meant, look for a missing ']' or '}'; \"null\" and text with brackets need quotes"};
  }

  Place start_;
  const Findings& findings_;
  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, YamlNode> anchors_;
  int documents_ = 0;
  YamlSize& size_;
};

struct PlainWords {
  std::string_view yaml_cpp, message, hint;
};

// What yaml-cpp says, in words that name the way out.
const std::array kPlainWords = {
    PlainWords{YAML::ErrorMsg::UNKNOWN_ANCHOR, "'*' begins an alias, and there is no anchor of this name",
               "put quotes around text that begins with '*'"},
    PlainWords{YAML::ErrorMsg::MAP_VALUE, "a ':' where no key can stand",
               "check the indentation; text that holds ': ' needs quotes"},
    PlainWords{
        YAML::ErrorMsg::END_OF_MAP, "this does not continue the keys above",
        "check the indentation; text that begins with '{', '[' or a quote needs quotes around all of it"},
    PlainWords{YAML::ErrorMsg::END_OF_SEQ, "this does not continue the list above",
               "check the indentation; every element begins with '- '"},
    PlainWords{YAML::ErrorMsg::END_OF_MAP_FLOW, "a '}' or ',' is missing before this", ""},
    PlainWords{YAML::ErrorMsg::END_OF_SEQ_FLOW, "a ']' or ',' is missing before this", ""},
    PlainWords{YAML::ErrorMsg::FLOW_END, "a closing bracket without an opening one", ""},
    PlainWords{YAML::ErrorMsg::UNKNOWN_TOKEN, "this character cannot begin a value",
               "put quotes around the text"},
};

SyntaxError in_plain_words(const YAML::Exception& exception, const Place& place, const Findings& findings) {
  const std::string_view line = findings.line_of(place);
  const std::size_t indentation = std::min(line.find_first_not_of(" \t"), line.size());
  const std::size_t tab = line.substr(0, indentation).find('\t');
  if (tab != std::string_view::npos)
    return {{place.source, place.line, static_cast<int>(tab)},
            "not valid YAML: a tab in the indentation",
            "indent with spaces"};
  for (const PlainWords& words : kPlainWords)
    if (exception.msg == words.yaml_cpp)
      return {place, "not valid YAML: " + std::string(words.message), std::string(words.hint)};
  return {place, "not valid YAML: " + escaped(utf8_prefix(exception.msg, 200)), ""};
}

// yaml-cpp takes some control characters for the end of the text and would ignore what follows.
bool is_text(std::string_view text, const Place& start, Findings& findings) {
  Place place = start;
  while (!text.empty()) {
    const char byte = text[0];
    const bool line_break = text.starts_with("\r\n");
    const bool control =
        (static_cast<unsigned char>(byte) < 0x20 && byte != '\t' && byte != '\n' && !line_break) ||
        byte == '\x7F';
    if (control) {
      findings.error(place, "a control character: " + in_quotes(text.substr(0, 1)),
                     "remove it, or write \"\\x1b\" in double quotes");
      return false;
    }
    std::size_t length = 1;
    while (length < text.size() && length < 4 && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
      ++length;
    if (!is_utf8(text.substr(0, length))) {
      findings.error(place, "not UTF-8 text: " + in_quotes(text.substr(0, 1)), "save the file as UTF-8");
      return false;
    }
    text.remove_prefix(length);
    place.column += static_cast<int>(length);
    if (byte == '\n') place = {place.source, place.line + 1, 0};
  }
  return true;
}

}  // namespace

const YamlNode::Entry* YamlNode::find(std::string_view key) const {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const Entry& entry) { return entry.key == key; });
  return found == entries.end() ? nullptr : &*found;
}

YamlNode::Entry* YamlNode::find(std::string_view key) {
  return const_cast<Entry*>(std::as_const(*this).find(key));
}

std::optional<YamlNode> parse_yaml(std::string_view text, const Place& start, Findings& findings,
                                   YamlSize& size) {
  if (text.size() > kMaxRecipeBytes) {
    findings.error({start.source}, "larger than " + human_bytes(kMaxRecipeBytes) + ": this is no recipe");
    return std::nullopt;
  }
  if (!is_text(text, start, findings)) return std::nullopt;
  TreeBuilder builder(start, findings, size);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (parser.HandleNextDocument(builder)) parser.HandleNextDocument(builder);
    YamlNode root = builder.take_root();
    if (root.is_null()) root.place = start;
    return root;
  } catch (const SyntaxError& error) {
    findings.error(error.place, error.message, error.hint);
  } catch (const YAML::Exception& exception) {
    const SyntaxError error = in_plain_words(exception, builder.place_of(exception.mark), findings);
    findings.error(error.place, error.message, error.hint);
  }
  return std::nullopt;
}

}  // namespace tenfold
