#include "strokes.h"

#include <array>
#include <opencv2/imgproc.hpp>
#include <string>
#include <utility>

namespace tenfold {
namespace {

constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
constexpr double kSizeAtScaleOne = 30;  // of the type to which these strokes come near

std::string in_ascii(std::string_view text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kLikes{{{"±", "+-"},
                                                                                        {"°", " deg"},
                                                                                        {"×", "x"},
                                                                                        {"·", "-"},
                                                                                        {"…", ".."},
                                                                                        {"−", "-"},
                                                                                        {"→", "->"},
                                                                                        {"\u00A0", " "}}};
  std::string ascii;
  while (!text.empty()) {
    std::size_t length = 1;
    std::string_view written = static_cast<unsigned char>(text[0]) < 0x80 ? text.substr(0, 1) : "?";
    for (const auto& [from, to] : kLikes)
      if (text.starts_with(from)) {
        length = from.size();
        written = to;
      }
    if (written == "?")
      while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80) ++length;
    ascii += written;
    text.remove_prefix(length);
  }
  return ascii;
}

double scale_of(const Type& type) { return type.size / kSizeAtScaleOne; }

}  // namespace

int strokes_width(std::string_view text, const Type& type) {
  int below = 0;
  return cv::getTextSize(in_ascii(text), kFont, scale_of(type), 1, &below).width;
}

void write_strokes(std::string_view text, cv::Point pen, const Type& type, const cv::Scalar& ink,
                   cv::Mat& sheet) {
  cv::putText(sheet, in_ascii(text), pen, kFont, scale_of(type), ink, 1, cv::LINE_AA);
}

}  // namespace tenfold
