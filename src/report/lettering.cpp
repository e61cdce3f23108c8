#include "lettering.h"

#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include FT_FREETYPE_H

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <opencv2/imgproc.hpp>
#include <tuple>
#include <utility>

#include "strokes.h"

namespace tenfold {
namespace {

constexpr char32_t kUnknown = U'?';

template <typename Object, auto Destroy>
struct Destroyer {
  void operator()(Object* object) const { Destroy(object); }
};
template <typename Object, auto Destroy>
using Owned = std::unique_ptr<Object, Destroyer<Object, Destroy>>;

using FontConfig = Owned<FcConfig, FcConfigDestroy>;
using FontPattern = Owned<FcPattern, FcPatternDestroy>;
using FontSet = Owned<FcFontSet, FcFontSetDestroy>;
using FreeType = Owned<FT_LibraryRec_, FT_Done_FreeType>;
using Face = Owned<FT_FaceRec_, FT_Done_Face>;

std::vector<char32_t> characters_of(std::string_view text) {
  std::vector<char32_t> characters;
  while (!text.empty()) {
    FcChar32 character = 0;
    const int length = FcUtf8ToUcs4(reinterpret_cast<const FcChar8*>(text.data()), &character,
                                    static_cast<int>(text.size()));
    characters.push_back(length > 0 ? character : kUnknown);
    text.remove_prefix(static_cast<std::size_t>(std::max(length, 1)));
  }
  return characters;
}

// A character as it is drawn.
struct Glyph {
  cv::Mat coverage;  // CV_8UC1; empty for a blank
  cv::Point offset;  // of its upper left corner from the pen on the base line
  int advance = 0;   // of the pen
};

// The scalable fonts of the machine in the order in which they are asked.
FontSet fonts_for(FcConfig* config, bool bold) {
  const FontPattern pattern(FcPatternCreate());
  FcPatternAddString(pattern.get(), FC_FAMILY, reinterpret_cast<const FcChar8*>("sans-serif"));
  FcPatternAddInteger(pattern.get(), FC_WEIGHT, bold ? FC_WEIGHT_BOLD : FC_WEIGHT_REGULAR);
  FcPatternAddBool(pattern.get(), FC_SCALABLE, FcTrue);
  FcPatternAddBool(pattern.get(), FC_COLOR, FcFalse);
  FcConfigSubstitute(config, pattern.get(), FcMatchPattern);
  FcDefaultSubstitute(pattern.get());
  FcResult result = FcResultMatch;
  return FontSet(FcFontSort(config, pattern.get(), FcTrue, nullptr, &result));
}

}  // namespace

class Lettering::Fonts {
 public:
  // Null where there is no font.
  static std::unique_ptr<Fonts> find() {
    FontConfig config(FcInitLoadConfigAndFonts());
    FT_Library library = nullptr;
    if (!config || FT_Init_FreeType(&library) != 0) return nullptr;
    FreeType owned(library);
    std::unique_ptr<Fonts> fonts(new Fonts(std::move(config), std::move(owned)));
    return fonts->glyph(kUnknown, {}).advance > 0 ? std::move(fonts) : nullptr;
  }

  const Glyph& glyph(char32_t character, const Type& type) {
    const auto [place, is_new] = glyphs_.try_emplace({character, type});
    if (is_new) place->second = drawn(character, type);
    return place->second;
  }

 private:
  // Fonts of one weight, opened when they are needed.
  struct Weight {
    FontSet set;
    std::map<int, Face> faces;  // by place in the set; null where one cannot be opened
  };

  Fonts(FontConfig config, FreeType library) : config_(std::move(config)), library_(std::move(library)) {
    for (const bool bold : {false, true}) weights_[bold].set = fonts_for(config_.get(), bold);
  }

  FT_Face face_at(Weight& weight, int index) {
    const auto [place, is_new] = weight.faces.try_emplace(index);
    if (is_new) {
      FcChar8* file = nullptr;
      int number = 0;
      FT_Face face = nullptr;
      FcPattern* font = weight.set->fonts[index];
      FcPatternGetInteger(font, FC_INDEX, 0, &number);
      if (FcPatternGetString(font, FC_FILE, 0, &file) == FcResultMatch &&
          FT_New_Face(library_.get(), reinterpret_cast<const char*>(file), number, &face) == 0 &&
          FT_IS_SCALABLE(face))
        place->second.reset(face);
      else if (face != nullptr)
        FT_Done_Face(face);
    }
    return place->second.get();
  }

  // The first font that has the character, or null.
  FT_Face face_with(char32_t character, bool bold) {
    Weight& weight = weights_[bold];
    for (int i = 0; weight.set && i < weight.set->nfont; ++i) {
      FcCharSet* characters = nullptr;
      if (FcPatternGetCharSet(weight.set->fonts[i], FC_CHARSET, 0, &characters) != FcResultMatch ||
          !FcCharSetHasChar(characters, character))
        continue;
      if (FT_Face face = face_at(weight, i)) return face;
    }
    return nullptr;
  }

  Glyph drawn(char32_t character, const Type& type) {
    FT_Face face = face_with(character, type.bold);
    if (face == nullptr) return character == kUnknown ? Glyph{} : glyph(kUnknown, type);
    FT_Set_Pixel_Sizes(face, 0, static_cast<FT_UInt>(type.size));
    if (FT_Load_Char(face, character, FT_LOAD_RENDER | FT_LOAD_TARGET_LIGHT) != 0) return {};
    const FT_GlyphSlot slot = face->glyph;
    Glyph glyph{.offset = {slot->bitmap_left, -slot->bitmap_top},
                .advance = static_cast<int>((slot->advance.x + 32) >> 6)};
    const FT_Bitmap& bitmap = slot->bitmap;
    if (bitmap.pixel_mode == FT_PIXEL_MODE_GRAY && bitmap.rows > 0 && bitmap.width > 0)
      glyph.coverage = cv::Mat(static_cast<int>(bitmap.rows), static_cast<int>(bitmap.width), CV_8UC1,
                               bitmap.buffer, static_cast<std::size_t>(bitmap.pitch))
                           .clone();
    return glyph;
  }

  FontConfig config_;
  FreeType library_;  // outlives the faces
  std::array<Weight, 2> weights_;
  std::map<std::pair<char32_t, Type>, Glyph> glyphs_;
};

namespace {

// Lays the ink on the sheet, as thick as the glyph covers each pixel.
void stamp(const Glyph& glyph, cv::Point pen, const cv::Scalar& ink, cv::Mat& sheet) {
  const cv::Rect whole(pen + glyph.offset, glyph.coverage.size());
  const cv::Rect seen = whole & cv::Rect({}, sheet.size());
  for (int y = seen.y; y < seen.br().y; ++y) {
    const std::uint8_t* coverage = glyph.coverage.ptr(y - whole.y) - whole.x;
    for (int x = seen.x; x < seen.br().x; ++x)
      for (int channel = 0; channel < 3; ++channel) {
        std::uint8_t& value = sheet.at<cv::Vec3b>(y, x)[channel];
        value =
            static_cast<std::uint8_t>(std::lround(value + (ink[channel] - value) * (coverage[x] / 255.0)));
      }
  }
}

// Words with the blank or the " · " that follows them.
std::vector<std::string_view> words_of(std::string_view text) {
  constexpr std::string_view kDot = "· ";
  std::vector<std::string_view> words;
  while (!text.empty()) {
    std::size_t end = text.find(' ');
    if (end != text.npos && text.substr(end + 1).starts_with(kDot)) end += kDot.size();
    const std::size_t length = end == text.npos ? text.size() : end + 1;
    words.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return words;
}

// A line's end needs neither blank nor dot.
std::string_view trimmed(std::string_view text) {
  for (const std::string_view end : {" ", " ·"})
    if (text.ends_with(end)) text.remove_suffix(end.size());
  return text;
}

// Without its last character.
std::string_view one_less(std::string_view text) {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  std::size_t end = text.size() - 1;
  while (end > 0 && continues(text[end])) --end;
  return text.substr(0, end);
}

}  // namespace

Lettering::Lettering() : fonts_(Fonts::find()) {}
Lettering::~Lettering() = default;

int Lettering::width(std::string_view text, const Type& type) {
  if (!fonts_) return strokes_width(text, type);
  int width = 0;
  for (const char32_t character : characters_of(text)) width += fonts_->glyph(character, type).advance;
  return width;
}

std::vector<std::string> Lettering::lines(std::string_view text, const Type& type, int width,
                                          std::size_t most) {
  const auto fits = [&](const std::string& line) { return this->width(line, type) <= width; };
  const auto fitting = [&](std::string_view start, const std::string& end) {
    while (!one_less(start).empty() && !fits(std::string(start) + end)) start = one_less(start);
    return start;
  };
  std::vector<std::string> lines;
  std::string line;
  for (std::string_view word : words_of(text)) {
    if (!line.empty() && !fits(line + std::string(trimmed(word)))) {
      lines.emplace_back(trimmed(line));
      line.clear();
    }
    while (line.empty() && !fits(std::string(trimmed(word)))) {
      const std::string_view start = fitting(word, "");
      if (start.size() == word.size()) break;
      lines.emplace_back(start);
      word.remove_prefix(start.size());
    }
    line += word;
  }
  if (!line.empty()) lines.emplace_back(trimmed(line));
  if (lines.size() <= most) return lines;
  lines.resize(most);
  lines.back() = std::string(fitting(lines.back(), "…")) + "…";
  return lines;
}

void Lettering::write(std::string_view text, cv::Point place, const Type& type, const cv::Scalar& ink,
                      cv::Mat& sheet) {
  cv::Point pen = place + cv::Point(0, type.size);  // on the base line
  if (!fonts_) return write_strokes(text, pen, type, ink, sheet);
  for (const char32_t character : characters_of(text)) {
    const Glyph& glyph = fonts_->glyph(character, type);
    stamp(glyph, pen, ink, sheet);
    pen.x += glyph.advance;
  }
}

}  // namespace tenfold
