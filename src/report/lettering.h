// Text on a sheet, in the fonts of the machine: each character comes from the first of those that fontconfig
// has for text without serifs and that holds it; where none does, a question mark stands for it. Where there
// is no font at all, OpenCV's strokes do, which know no more than ASCII.
//
// How text looks depends on the machine, so nothing that must be the same everywhere can show any. Lines run
// from left to right, character by character: scripts that join their letters are legible, and no more.
//
// Thread safety: none.

#pragma once

#include <memory>
#include <opencv2/core.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace tenfold {

struct Type {
  int size = 12;  // of the letter M's square, in pixels
  bool bold = false;

  auto operator<=>(const Type&) const = default;

  int line_height() const { return size * 4 / 3; }
};

class Lettering {
 public:
  Lettering();
  ~Lettering();

  // In pixels. Texts are UTF-8.
  int width(std::string_view text, const Type& type);

  // The text in lines of at most `width`, broken at blanks, and within a word where one does not fit. A
  // no-break space keeps what belongs together, and a line's end needs no " · ". What does not fit
  // into `most` lines is cut off, with an ellipsis.
  std::vector<std::string> lines(std::string_view text, const Type& type, int width, std::size_t most);

  // `place` is the upper left corner of a line. `sheet` is CV_8UC3; what lies beyond it is cut off.
  void write(std::string_view text, cv::Point place, const Type& type, const cv::Scalar& ink, cv::Mat& sheet);

 private:
  class Fonts;

  const std::unique_ptr<Fonts> fonts_;  // null: there is none
};

}  // namespace tenfold
