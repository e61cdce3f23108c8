#include "sheet.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <span>

#include "lettering.h"
#include "tenfold/image/pixel_layout.h"

namespace tenfold {
namespace {

constexpr int kMargin = 16;    // around all
constexpr int kGap = 8;        // between pictures
constexpr int kBlockGap = 28;  // between blocks
constexpr int kLeastTitledWidth = 480;
constexpr Type kSheetType{.size = 18, .bold = true}, kSectionType{.size = 17, .bold = true};
constexpr Type kBlockType{.size = 14, .bold = true}, kNoteType{.size = 12}, kCaptionType{.size = 11};
const cv::Scalar kPaper(255, 255, 255), kFrame(214, 214, 214);
const cv::Scalar kInk(30, 30, 30), kNoteInk(105, 105, 105), kSectionInk(140, 70, 20);

// How large a picture of this size is shown in a cell.
cv::Size fitted(cv::Size size, int cell) {
  const int longer = std::max({size.width, size.height, 1});
  if (longer <= cell) return size * (cell / longer);
  const auto side = [&](int length) {
    return std::max(1, static_cast<int>(std::int64_t{length} * cell / longer));
  };
  return {side(size.width), side(size.height)};
}

// Goes over a sheet from top to bottom, and draws it where there is a canvas.
class SheetPainter {
 public:
  SheetPainter(const SheetStyle& style, int cell, Lettering& lettering, cv::Mat* canvas)
      : style_(style), cell_(cell), lettering_(lettering), canvas_(canvas) {}

  cv::Size paint(const Sheet& sheet) {
    const int fitting = (style_.width - 2 * kMargin + kGap) / (cell_ + kGap);
    std::size_t longest = 1, most = 1;
    for (const SheetSection& section : sheet.sections) {
      most = std::max(most, section.blocks.size());
      for (const SheetBlock& block : section.blocks) longest = std::max(longest, block.pictures.size());
    }
    columns_ = std::min(longest, static_cast<std::size_t>(std::max(style_.columns, fitting)));
    block_width_ = static_cast<int>(columns_) * (cell_ + kGap) - kGap;
    blocks_abreast_ = std::max(1, (style_.width - 2 * kMargin + kBlockGap) / (block_width_ + kBlockGap));
    blocks_abreast_ = static_cast<int>(std::min(most, static_cast<std::size_t>(blocks_abreast_)));
    int width = blocks_abreast_ * (block_width_ + kBlockGap) - kBlockGap;
    if (!sheet.title.empty()) width = std::max(width, kLeastTitledWidth);
    int top = kMargin;
    top = write(sheet.title, {kMargin, top}, kSheetType, kInk, width);
    for (const std::string& note : sheet.notes) top = write(note, {kMargin, top}, kNoteType, kNoteInk, width);
    for (const SheetSection& section : sheet.sections) top = paint(section, top + kGap, width);
    return {width + 2 * kMargin, top + kMargin};
  }

 private:
  // Each returns where it ends.
  int paint(const SheetSection& section, int top, int width) {
    top = write(section.title, {kMargin, top}, kSectionType, kSectionInk, width);
    int end = top;
    for (std::size_t i = 0; i < section.blocks.size(); ++i) {
      const int place = static_cast<int>(i) % blocks_abreast_;
      if (place == 0) top = i == 0 ? top : end + kGap;
      end = std::max(place == 0 ? 0 : end,
                     paint(section.blocks[i], {kMargin + place * (block_width_ + kBlockGap), top}));
    }
    return end;
  }

  int paint(const SheetBlock& block, cv::Point place) {
    place.y = write(block.title, place, kBlockType, kInk, block_width_);
    place.y = write(block.note, place, kNoteType, kNoteInk, block_width_);
    for (std::size_t first = 0; first < block.pictures.size(); first += columns_) {
      const std::size_t count = std::min(columns_, block.pictures.size() - first);
      place.y = paint_row({block.pictures.data() + first, count}, place + cv::Point(0, kGap / 2));
    }
    return place.y;
  }

  int paint_row(std::span<const SheetPicture> pictures, cv::Point place) {
    int height = 0, end = 0;
    for (const SheetPicture& picture : pictures)
      height = std::max(height, fitted(picture.pixels.size(), cell_).height);
    for (const SheetPicture& picture : pictures) {
      if (!picture.pixels.empty()) show(picture.pixels, place, height);
      end = std::max(end, write(picture.caption, place + cv::Point(0, height + 3), kCaptionType, kInk, cell_,
                                static_cast<std::size_t>(style_.caption_lines)));
      place.x += cell_ + kGap;
    }
    return end + kGap / 2;
  }

  int write(const std::string& text, cv::Point place, const Type& type, const cv::Scalar& ink, int width,
            std::size_t most = 2) {
    if (text.empty()) return place.y;
    for (const std::string& line : lettering_.lines(text, type, width, most)) {
      if (canvas_ != nullptr) lettering_.write(line, place, type, ink, *canvas_);
      place.y += type.line_height();
    }
    return place.y + type.size / 4;
  }

  // On the ground of a row of this height, to the left, as its caption is.
  void show(const cv::Mat& pixels, cv::Point place, int height) {
    if (canvas_ == nullptr) return;
    const cv::Size size = fitted(pixels.size(), cell_);
    const cv::Rect area(place + cv::Point(0, height - size.height), size);
    cv::Mat scaled;
    cv::resize(pixels, scaled, size, 0, 0, size.width > pixels.cols ? cv::INTER_NEAREST : cv::INTER_AREA);
    cv::rectangle(*canvas_, area + cv::Point(-1, -1) + cv::Size(2, 2), kFrame);
    scaled.copyTo((*canvas_)(area));
  }

  const SheetStyle& style_;
  const int cell_;
  Lettering& lettering_;
  cv::Mat* const canvas_;
  std::size_t columns_ = 1;  // of pictures in a block
  int block_width_ = 0, blocks_abreast_ = 1;
};

cv::Size reduced(cv::Size size, int side) {
  return std::max(size.width, size.height) <= side ? size : fitted(size, side);
}

// The light squares behind what is transparent.
double checker(int x, int y) {
  constexpr int kSquare = 8;
  return (x / kSquare + y / kSquare) % 2 == 0 ? 255 : 225;
}

// Colors of transparent pixels mean nothing, so they count in proportion to their alpha.
cv::Mat on_checkers(const cv::Mat& bgra, int side) {
  cv::Mat weighted(bgra.size(), CV_8UC4), small;
  for (int y = 0; y < bgra.rows; ++y)
    for (int x = 0; x < bgra.cols; ++x) {
      const auto& pixel = bgra.at<cv::Vec4b>(y, x);
      auto& result = weighted.at<cv::Vec4b>(y, x);
      for (int channel = 0; channel < 3; ++channel)
        result[channel] = static_cast<std::uint8_t>((pixel[channel] * pixel[3] + 127) / 255);
      result[3] = pixel[3];
    }
  cv::resize(weighted, small, reduced(bgra.size(), side), 0, 0, cv::INTER_AREA);
  cv::Mat shown(small.size(), CV_8UC3);
  for (int y = 0; y < small.rows; ++y)
    for (int x = 0; x < small.cols; ++x) {
      const auto& pixel = small.at<cv::Vec4b>(y, x);
      const double ground = checker(x, y) * (1 - pixel[3] / 255.0);
      for (int channel = 0; channel < 3; ++channel)
        shown.at<cv::Vec3b>(y, x)[channel] = cv::saturate_cast<std::uint8_t>(pixel[channel] + ground);
    }
  return shown;
}

}  // namespace

cv::Mat drawn_sheet(const Sheet& sheet, const SheetStyle& style) {
  Lettering lettering;
  cv::Size size;
  int cell = 0;
  for (const int one : style.cells) {
    cell = one;
    size = SheetPainter(style, cell, lettering, nullptr).paint(sheet);
    if (size.height <= style.height) break;
  }
  cv::Mat canvas(size, CV_8UC3, kPaper);
  SheetPainter(style, cell, lettering, &canvas).paint(sheet);
  return canvas;
}

cv::Mat shown_pixels(const cv::Mat& pixels, int side) {
  if (pixels.channels() % 2 == 0) return on_checkers(in_layout(pixels, CV_8UC4), side);
  const cv::Mat color = in_layout(pixels, CV_8UC3);
  cv::Mat shown;
  cv::resize(color, shown, reduced(color.size(), side), 0, 0, cv::INTER_AREA);
  return shown;
}

}  // namespace tenfold
