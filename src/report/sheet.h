// A contact sheet: pictures with captions, in blocks that stand side by side and one below the other.
//
//   the sheet's title, and notes
//   section
//   block's title                            block's title
//   note                                     note
//   ┌───────┐ ┌───────┐ ┌───────┐            ┌───────┐ ┌───────┐ ┌───────┐
//   │       │ │       │ │       │            │       │ │       │ │       │
//   └───────┘ └───────┘ └───────┘            └───────┘ └───────┘ └───────┘
//   caption   caption   caption              caption   caption   caption
//
// Pictures are shown whole: large ones shrunk into the cell, small ones as they are or enlarged by a whole
// factor, pixel by pixel. A row is no higher than its pictures.

#pragma once

#include <opencv2/core.hpp>
#include <string>
#include <vector>

namespace tenfold {

struct SheetPicture {
  cv::Mat pixels;       // as shown_pixels() gives them; empty: none
  std::string caption;  // UTF-8, as all texts
};

struct SheetBlock {
  std::string title, note;  // either may be empty
  std::vector<SheetPicture> pictures;
};

struct SheetSection {
  std::string title;  // may be empty
  std::vector<SheetBlock> blocks;
};

struct Sheet {
  std::string title;
  std::vector<std::string> notes;
  std::vector<SheetSection> sections;
};

struct SheetStyle {
  std::vector<int> cells{128};  // sides of the square that a picture has, in pixels: the first one is taken
                                // at which the sheet is not higher than `height`, or the last one
  int height = 10'000;
  int width = 1600;       // of the sheet at most, where one block is not wider
  int columns = 8;        // of pictures in a block that may need more width, at most
  int caption_lines = 4;  // at most
};

// CV_8UC3, no larger than it needs to be. Not thread-safe.
cv::Mat drawn_sheet(const Sheet& sheet, const SheetStyle& style);

// Pixels of any layout (H×W×{1,2,3,4}, CV_8U or CV_16U) as CV_8UC3 of at most `side` pixels a side; what is
// transparent shows a checkerboard.
cv::Mat shown_pixels(const cv::Mat& pixels, int side);

}  // namespace tenfold
